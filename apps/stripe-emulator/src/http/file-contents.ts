import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.js';
import { missing } from '../engine/errors.js';
import { authorize } from './auth.js';
import type { Files } from '../verbs/files.js';
import { route } from './route.js';

const contents = route('GET', '/v1/files/:id/contents', {}, () => null);

/** The bytes of uploaded files: with a key, or by a link that anybody may open. */
export function serveFileContents(app: FastifyInstance, engine: Engine): void {
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    find: (id: string) => ReturnType<Files['contentsOf']>,
  ) => {
    const { id } = request.params as { id: string };
    const found = find(id);
    if (!found) throw missing('file', id);
    // Whatever was uploaded is only ever saved: it must not run as a page of the emulator.
    return reply
      .header(
        'content-disposition',
        `attachment; filename="${id}${found.file.type ? `.${found.file.type}` : ''}"`,
      )
      .header('x-content-type-options', 'nosniff')
      .type('application/octet-stream')
      .send(found.content);
  };
  app.get(contents.path, (request, reply) => {
    authorize(engine, request, contents);
    return send(request, reply, (id) => engine.files.contentsOf(id));
  });
  app.get('/links/:id', (request, reply) => send(request, reply, (id) => engine.files.linkedContents(id)));
}
