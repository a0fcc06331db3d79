import { invalid } from '../engine/errors.js';
import { parseForm, type Raw } from './form.js';

/** A file as it came, for a parameter of the type `file`. */
export interface Upload {
  filename: string;
  type: string;
  base64: string;
}

/** A `multipart/form-data` body: its fields as a form would carry them, and its files. */
export function parseMultipart(body: Buffer, contentType: string): Record<string, Raw> {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (!boundary) throw invalid('The multipart body names no boundary.');
  const fields = new URLSearchParams();
  const files: Record<string, Raw> = {};
  for (const { head, content } of partsOf(body, Buffer.from(`--${boundary}`))) {
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
    if (!name) throw invalid('A part of the multipart body has no name.');
    const filename = /filename="([^"]*)"/i.exec(head)?.[1];
    if (filename === undefined) fields.append(name, content.toString());
    else {
      const type = /^content-type: *(.+)$/im.exec(head)?.[1]?.trim() ?? 'application/octet-stream';
      files[name] = { filename, type, base64: content.toString('base64') };
    }
  }
  return { ...parseForm(fields.toString()), ...files };
}

function* partsOf(body: Buffer, delimiter: Buffer): Generator<{ head: string; content: Buffer }> {
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const next = body.indexOf(delimiter, start + delimiter.length);
    if (next < 0) return;
    // After the delimiter comes a line's end, before the next one another.
    const part = body.subarray(start + delimiter.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    if (split >= 0) yield { head: part.subarray(0, split).toString(), content: part.subarray(split + 4) };
    start = next;
  }
}
