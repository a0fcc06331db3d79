import type { FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';

export interface Upload {
  readonly bytes: Buffer;
  readonly alt: string;
}

/** Of a picture that is too large the rest is read all the same, for the words behind it; of much more than that nothing. */
const READ_ON_BYTES = 30_000_000;

/** The fields `picture` and `alt` of a multipart form. Throws with the field `picture` where there is none or too much. */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw refused('picture_missing', 'Choose a picture.');
  let bytes: Buffer = Buffer.alloc(0);
  let alt = '';
  const readOn = Number(request.headers['content-length'] ?? Infinity) <= READ_ON_BYTES;
  // The type knows this option only where the plugin is registered.
  const options = { limits: {}, throwFileSizeLimit: !readOn };
  try {
    for await (const part of request.parts(options)) {
      if (part.type === 'file') {
        const content = await part.toBuffer();
        if (part.fieldname === 'picture') bytes = content;
      } else if (part.fieldname === 'alt' && typeof part.value === 'string') {
        alt = part.value;
      }
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === 'FST_REQ_FILE_TOO_LARGE')
      throw refused('picture_too_large', 'Choose a picture of at most 5 MB.');
    if (code.startsWith('FST_') || error instanceof SyntaxError || isBrokenForm(error))
      throw refused('picture_unreadable', 'The picture did not arrive whole. Send it again.');
    throw error;
  }
  return { bytes, alt };
}

/** Busboy, which reads multipart bodies, throws plain errors for bodies that end too early or have no boundary. */
function isBrokenForm(error: unknown): boolean {
  return (
    error instanceof Error &&
    /multipart|unexpected end of (form|file)|boundary|malformed/i.test(error.message)
  );
}

function refused(code: string, message: string): DomainError {
  return DomainError.field('picture', code, message);
}
