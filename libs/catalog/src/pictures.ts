import { Injectable } from '@nestjs/common';
import { type Actor, Clock, DomainError } from '#kernel';
import { Files } from '#files';
import { JobHandler, Jobs, Transactions } from '#platform';
import { Catalog } from './catalog.js';
import type { ListingView } from './catalog.views.js';
import { limits } from './listing.rules.js';
import { Listings } from './listings.js';

const DAY_MS = 86_400_000;

/** The pictures of a listing, in the order that buyers see them; the first one stands for the listing. */
@Injectable()
export class Pictures {
  constructor(
    private readonly transactions: Transactions,
    private readonly listings: Listings,
    private readonly catalog: Catalog,
    private readonly files: Files,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Stores and adds, or does neither. Throws what `Files.store` and `add` throw. */
  upload(
    actor: Actor,
    sellerId: string,
    listingId: string,
    { bytes, alt }: { readonly bytes: Buffer; readonly alt: string },
  ): Promise<ListingView> {
    return this.transactions.run(async () => {
      const fileId = await this.files.store(actor, bytes);
      return this.add(actor, sellerId, listingId, { fileId, alt });
    });
  }

  /**
   * Puts a stored file (`Files.store`) at the end. `alt` says what it shows, for people who can't see it.
   * Throws `picture_invalid` with the field `alt` or `picture`. The same picture twice only changes its words.
   */
  add(
    actor: Actor,
    sellerId: string,
    listingId: string,
    picture: { readonly fileId: string; readonly alt: string },
  ): Promise<ListingView> {
    const append = (fileIds: string[]): string[] => {
      if (fileIds.includes(picture.fileId)) return fileIds;
      if (fileIds.length >= limits.pictures)
        throw refused('picture', `A listing has at most ${limits.pictures} pictures. Remove one first.`);
      return [...fileIds, picture.fileId];
    };
    return this.change(actor, sellerId, listingId, append, picture);
  }

  /** Its bytes stay for a day: pages that were opened before show them, and other listings may. */
  remove(actor: Actor, sellerId: string, listingId: string, fileId: string): Promise<ListingView> {
    return this.transactions.run(async () => {
      const listing = await this.change(actor, sellerId, listingId, (fileIds) =>
        fileIds.filter((id) => id !== fileId),
      );
      const runAt = new Date(this.clock.now().getTime() + DAY_MS);
      await this.jobs.add('catalog.picture.unused', { fileId }, { key: `picture ${fileId}`, runAt });
      return listing;
    });
  }

  @JobHandler('catalog.picture.unused')
  async forgetUnused({ fileId }: { fileId: string }): Promise<void> {
    const shown = await this.transactions.query(`select from catalog.pictures where file_id = $1 limit 1`, [
      fileId,
    ]);
    if (shown.length === 0) await this.files.remove(fileId);
  }

  /** Makes this picture the one that stands for the listing. */
  first(actor: Actor, sellerId: string, listingId: string, fileId: string): Promise<ListingView> {
    return this.change(actor, sellerId, listingId, (fileIds) => {
      if (!fileIds.includes(fileId)) throw DomainError.notFound('picture');
      return [fileId, ...fileIds.filter((id) => id !== fileId)];
    });
  }

  /** Rewrites the list in one go while the listing is locked; there are at most eight. */
  private async change(
    actor: Actor,
    sellerId: string,
    listingId: string,
    next: (fileIds: string[]) => string[],
    added?: { readonly fileId: string; readonly alt: string },
  ): Promise<ListingView> {
    await this.listings.one(actor, sellerId, listingId);
    return this.transactions.run(async () => {
      await this.transactions.write(`select from catalog.listings where id = $1 for update`, [listingId]);
      const { pictures, status } = await this.catalog.listing(listingId);
      const words = new Map(pictures.map(({ fileId, alt }) => [fileId, alt]));
      if (added) words.set(added.fileId, checkedAlt(added.alt));
      const fileIds = next(pictures.map(({ fileId }) => fileId));
      await this.transactions.write(`delete from catalog.pictures where listing_id = $1`, [listingId]);
      await this.transactions.write(
        `insert into catalog.pictures (listing_id, file_id, position, alt)
         select $1::text, p.file_id, p.position, p.alt
         from unnest($2::text[], $3::text[]) with ordinality as p (file_id, alt, position)`,
        [listingId, fileIds, fileIds.map((id) => words.get(id))],
      );
      // What stands for a listing that is for sale gets onto orders and receipts, which show it for good.
      if (status === 'published' && fileIds[0]) await this.files.keep(fileIds[0]);
      await this.transactions.write(`update catalog.listings set updated_at = now() where id = $1`, [
        listingId,
      ]);
      return this.catalog.listing(listingId);
    });
  }
}

function checkedAlt(text: string): string {
  const alt = text.trim().replace(/\s+/g, ' ');
  if (!alt) throw refused('alt', 'Say what the picture shows, for people who can’t see it.');
  if (alt.length > limits.alt) throw refused('alt', `Use at most ${limits.alt} characters.`);
  return alt;
}

function refused(field: string, message: string): DomainError {
  return DomainError.field(field, 'picture_invalid', message);
}
