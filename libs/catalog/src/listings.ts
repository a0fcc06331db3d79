import { Injectable } from '@nestjs/common';
import { type Actor, DomainError, Money, newId } from '#kernel';
import {
  decodeCursor,
  hasWords,
  keyset,
  type Page,
  pageOf,
  searchPage,
  Transactions,
  wordsIn,
} from '#platform';
import { Files } from '#files';
import { Sellers } from '#sellers';
import { Catalog } from './catalog.js';
import type { ListingRowView, ListingView } from './catalog.views.js';
import { checkedListing, type ListingInput, listingUrl } from './listing.rules.js';
import { listingStates, type ListingStatus } from './listing.states.js';
import { refreshOffers } from './offers.js';
import { Shops } from './shops.js';
import { Variants } from './variants.js';
import { SearchWords } from './search-words.js';

export type ListingVerb = 'publish' | 'unpublish' | 'archive' | 'restore';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly status: ListingStatus;
  readonly currency: string;
  readonly price_from: bigint | null;
  readonly price_to: bigint | null;
  readonly variants: number;
  readonly available: number;
  readonly updated_at: Date;
}

/** A seller's own listings. Every verb checks that the actor belongs to the seller, and the listing too. */
@Injectable()
export class Listings {
  constructor(
    private readonly transactions: Transactions,
    private readonly sellers: Sellers,
    private readonly shops: Shops,
    private readonly catalog: Catalog,
    private readonly variants: Variants,
    private readonly files: Files,
    private readonly searchWords: SearchWords,
  ) {}

  /** A new draft. Throws `listing_invalid` with a sentence per field. */
  async create(actor: Actor, sellerId: string, input: ListingInput): Promise<ListingView> {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const listing = await this.checked(input, seller.currency);
    const id = newId('lst');
    await this.transactions.run(async () => {
      await this.transactions.write(
        `insert into catalog.listings
           (id, seller_id, title, description, category_id, currency, shipping_amount, ships_from, shop_open)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          sellerId,
          listing.title,
          listing.description,
          listing.category,
          seller.currency,
          listing.shipping.amount,
          seller.country,
          await this.shops.isOpen(sellerId),
        ],
      );
      await this.variants.save(id, seller.currency, listing.variants);
      await refreshOffers(this.transactions, [id]);
    });
    return this.catalog.listing(id);
  }

  /** Replaces what the listing says; variants that are left out are archived. Throws `listing_invalid`. */
  async edit(actor: Actor, sellerId: string, listingId: string, input: ListingInput): Promise<ListingView> {
    await this.sellers.requireMember(actor, sellerId);
    await this.transactions.run(async () => {
      const { status, currency } = await this.locked(sellerId, listingId);
      if (status === 'archived')
        throw new DomainError('listing_archived', 'conflict', 'Restore this listing before you change it.');
      const listing = await this.checked(input, currency);
      await this.transactions.write(
        `update catalog.listings set title = $2, description = $3, category_id = $4, shipping_amount = $5,
                updated_at = now() where id = $1`,
        [listingId, listing.title, listing.description, listing.category, listing.shipping.amount],
      );
      await this.variants.save(listingId, currency, listing.variants);
      await refreshOffers(this.transactions, [listingId]);
    });
    return this.catalog.listing(listingId);
  }

  /** Throws `state_conflict` where the listing's state does not allow it. */
  async move(actor: Actor, sellerId: string, listingId: string, verb: ListingVerb): Promise<ListingView> {
    const seller = await this.sellers.requireMember(actor, sellerId);
    await this.transactions.run(async () => {
      const { status } = await this.locked(sellerId, listingId);
      await this.transactions.write(
        `update catalog.listings set status = $2, shop_open = $3, ships_from = $4, updated_at = now(),
                published_at = case when $2 = 'published' then now() else published_at end
         where id = $1`,
        [listingId, listingStates.move(status, verb), await this.shops.isOpen(sellerId), seller.country],
      );
      if (verb === 'publish') {
        const [first] = (await this.catalog.listing(listingId)).pictures;
        if (first) await this.files.keep(first.fileId);
      }
    });
    return this.catalog.listing(listingId);
  }

  async one(actor: Actor, sellerId: string, listingId: string): Promise<ListingView> {
    await this.sellers.requireMember(actor, sellerId);
    const listing = await this.catalog.listing(listingId);
    if (listing.sellerId !== sellerId) throw DomainError.notFound('listing');
    return listing;
  }

  /** Newest first. */
  async page(
    actor: Actor,
    sellerId: string,
    filter: { readonly status?: ListingStatus | undefined; readonly q?: string | undefined },
    after: string | null,
    limit = 25,
  ): Promise<Page<ListingRowView>> {
    await this.sellers.requireMember(actor, sellerId);
    const cursor = decodeCursor(after, ['text']);
    const search = filter.q ? await this.searchWords.read(filter.q) : undefined;
    if (search === null) return { items: [], next: null, previous: null };
    const place = keyset(['l.id'], cursor, 2);
    const parameters: unknown[] = [sellerId, ...place.parameters];
    const bind = (value: unknown): string => `$${parameters.push(value)}`;
    const where = `l.seller_id = $1` + (filter.status ? ` and l.status = ${bind(filter.status)}` : '');
    const match = search && hasWords('l.search', `${bind(search.query)}::tsquery`);
    const ids = match
      ? searchPage(
          {
            table: 'catalog.listings l',
            where,
            match,
            byIndex: `select * from catalog.listings l where ${match}
              and ${wordsIn('l.seller_id', 'l.search')} @@ ${bind(search.wordsIn(sellerId))}::tsquery`,
          },
          place,
          limit + 1,
        )
      : `select l.id from catalog.listings l where ${where} and ${place.where} order by ${place.orderBy} limit ${limit + 1}`;
    const rows = await this.transactions.query<Row>(
      `select l.id, l.title, l.status, l.currency, l.price_from, l.price_to, l.updated_at,
              v.variants, v.available
       from catalog.listings l
       cross join lateral (select count(*)::int as variants, coalesce(sum(on_hand - held), 0)::int as available
                           from catalog.variants where listing_id = l.id and not archived) v
       where l.id in (${ids}) order by ${place.orderBy}`,
      parameters,
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.id]);
    const pictures = await this.catalog.firstPictures(page.items.map((row) => row.id));
    return { ...page, items: page.items.map((row) => rowView(row, pictures)) };
  }

  /** Locks the listing and its variants, variants first as the stock verbs do. Throws `listing_not_found`. */
  private async locked(
    sellerId: string,
    listingId: string,
  ): Promise<{ status: ListingStatus; currency: string }> {
    await this.transactions.write(
      `select from catalog.variants where listing_id = $1 order by id for update`,
      [listingId],
    );
    const [row] = await this.transactions.write<{ status: ListingStatus; currency: string }>(
      `select status, currency from catalog.listings where id = $1 and seller_id = $2 for update`,
      [listingId, sellerId],
    );
    if (!row) throw DomainError.notFound('listing');
    return row;
  }

  private async checked(input: ListingInput, currency: string): Promise<ListingInput> {
    const listing = checkedListing(input, currency);
    const categories = await this.catalog.categories();
    if (!categories.some(({ id }) => id === listing.category))
      throw DomainError.field('category', 'listing_invalid', 'Choose a category from the list.');
    return listing;
  }
}

function rowView(row: Row, pictures: ReadonlyMap<string, ListingRowView['picture']>): ListingRowView {
  return {
    id: row.id,
    title: row.title,
    url: listingUrl(row.id, row.title),
    status: row.status,
    price: row.price_from === null ? null : Money.of(row.price_from, row.currency),
    priceVaries: row.price_from !== row.price_to,
    variants: row.variants,
    available: row.available,
    picture: pictures.get(row.id) ?? null,
    updatedAt: row.updated_at,
  };
}
