import 'reflect-metadata';
import type { FastifyInstance } from 'fastify';
import { Config } from '#platform';
import { createApp } from '../../apps/marketplace/src/create-app.js';

/** Every GET route of the web application, such as `/seller/:sellerId/orders`, read from Fastify's own table. */
export async function getRoutes(env: Record<string, string>): Promise<string[]> {
  const app = await createApp(new Config({ ...env, LOG_LEVEL: 'silent' }));
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const tree = server.printRoutes({ commonPrefix: false, method: 'GET' });
  await app.close();
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, known] = /^([│ ]*)[├└]── (\S*)( \(GET)?/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    const depth = indent.length / 4;
    parents.length = depth;
    const above = parents.at(-1) ?? '';
    const path = above.endsWith('/') ? above + part.replace(/^\//, '') : above + part;
    parents.push(path);
    return known ? [path] : [];
  });
}
