import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, actorLabel, DomainError, newId } from '#kernel';
import { Transactions } from '#platform';
import { withoutMetadata } from './picture-metadata.rules.js';
import { type PictureType, pictureType } from './picture-type.rules.js';

const MAX_PICTURE_BYTES = 5_242_880;

export interface StoredFile {
  readonly contentType: PictureType;
  readonly bytes: Buffer;
}

/** Pictures, kept once per content. A stored file never changes, so its address may be cached for ever. */
@Injectable()
export class Files {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Keeps a picture, without what its camera wrote beside it, and answers its id; equal pictures have one id.
   * Throws `picture_empty`, `picture_too_large` or `picture_type` with the field `picture`.
   */
  async store(actor: Actor, sent: Buffer): Promise<string> {
    const contentType = accepted(actor, sent);
    const bytes = withoutMetadata(contentType, sent);
    const sha256 = createHash('sha256').update(bytes).digest();
    // The update changes nothing; it makes the row of an equal picture come back.
    const [row] = await this.transactions.query<{ id: string }>(
      `insert into files.files (id, sha256, content_type, size, bytes, stored_by) values ($1, $2, $3, $4, $5, $6)
       on conflict (sha256) do update set sha256 = excluded.sha256
       returning id`,
      [newId('fil'), sha256, contentType, bytes.length, bytes, actorLabel(actor)],
    );
    return row!.id;
  }

  /** From now on it is never removed. */
  async keep(id: string): Promise<void> {
    await this.transactions.query(`update files.files set kept = true where id = $1 and not kept`, [id]);
  }

  /** Unless it is to be kept. The caller knows that nothing shows it; where something does, the database refuses. */
  async remove(id: string): Promise<void> {
    await this.transactions.query(`delete from files.files where id = $1 and not kept`, [id]);
  }

  /** Throws `picture_not_found`. */
  async read(id: string): Promise<StoredFile> {
    const [row] = await this.transactions.query<{ content_type: PictureType; bytes: Buffer }>(
      `select content_type, bytes from files.files where id = $1`,
      [id],
    );
    if (!row) throw DomainError.notFound('picture');
    return { contentType: row.content_type, bytes: row.bytes };
  }
}

/** The address that serves a file. */
export function fileUrl(id: string): string {
  return `/files/${id}`;
}

function accepted(actor: Actor, bytes: Buffer): PictureType {
  const refuse = (code: string, message: string) => DomainError.field('picture', code, message);
  if (bytes.length === 0) throw refuse('picture_empty', 'Choose a picture.');
  if (bytes.length > MAX_PICTURE_BYTES)
    throw refuse('picture_too_large', 'Choose a picture of at most 5 MB.');
  const type = pictureType(bytes);
  // SVG can carry scripts, so only our own drawings may be SVG.
  if (!type || (type === 'image/svg+xml' && actor.kind !== 'system'))
    throw refuse('picture_type', 'Choose a picture in JPEG, PNG, WebP or AVIF format.');
  return type;
}
