import { invalid } from '../engine/errors.js';
import { parseForm, type Raw } from './form.js';

/** A file as it came, for a parameter of the type `file`. */
export interface Upload {
  filename: string;
  type: string;
  base64: string;
}

/** A `multipart/form-data` body: its fields as a form would carry them, and its files. */
export async function parseMultipart(body: Buffer, contentType: string): Promise<Record<string, Raw>> {
  // Loaded by the first upload: most tests have none.
  const { Busboy } = await import('@fastify/busboy');
  const fields = new URLSearchParams();
  const files: Record<string, Raw> = {};
  await new Promise<void>((resolve, reject) => {
    const parser = new Busboy({ headers: { 'content-type': contentType } });
    parser.on('field', (name, value) => fields.append(name, value));
    parser.on('file', (name, stream, filename, _encoding, type) => {
      const chunks: Buffer[] = [];
      stream.on('error', reject);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on(
        'end',
        () => (files[name] = { filename, type, base64: Buffer.concat(chunks).toString('base64') }),
      );
    });
    parser.on('finish', resolve);
    parser.on('error', reject);
    parser.end(body);
  }).catch((error: Error) => {
    throw invalid(`The multipart body can't be read: ${error.message}.`);
  });
  return { ...parseForm(fields.toString()), ...files };
}
