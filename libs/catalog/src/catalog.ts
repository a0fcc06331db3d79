import { Injectable } from '@nestjs/common';
import { DomainError, Money } from '#kernel';
import { fileUrl } from '#files';
import { Transactions } from '#platform';
import type { CategoryView, ListingView, PictureView, SaleVariant, VariantView } from './catalog.views.js';
import { listingUrl } from './listing.rules.js';
import type { ListingStatus } from './listing.states.js';

interface ListingRow {
  readonly id: string;
  readonly seller_id: string;
  readonly status: ListingStatus;
  readonly title: string;
  readonly description: string;
  readonly category_id: string;
  readonly category_name: string;
  readonly currency: string;
  readonly shipping_amount: bigint;
  readonly ships_from: string;
  readonly shop_open: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface VariantRow {
  readonly id: string;
  readonly currency: string;
  readonly name: string;
  readonly sku: string | null;
  readonly price_amount: bigint;
  readonly on_hand: number;
  readonly held: number;
}

interface SaleRow extends VariantRow {
  readonly listing_id: string;
  readonly seller_id: string;
  readonly title: string;
  readonly shipping_amount: bigint;
  readonly for_sale: boolean;
  readonly picture_file: string | null;
}

interface PictureRow {
  readonly listing_id: string;
  readonly file_id: string;
  readonly alt: string;
}

/** Reads listings as views. It asks nobody for permission: `publicListing` is what anybody may see. */
@Injectable()
export class Catalog {
  constructor(private readonly transactions: Transactions) {}

  /** A published listing, also of a shop that is closed just now. Throws `listing_not_found`. */
  async publicListing(id: string): Promise<ListingView> {
    const listing = await this.listing(id);
    if (listing.status !== 'published') throw DomainError.notFound('listing');
    return listing;
  }

  /** A listing in any state. Throws `listing_not_found`. */
  async listing(id: string): Promise<ListingView> {
    const [row] = await this.transactions.query<ListingRow>(
      `select l.*, c.name as category_name from catalog.listings l
       join catalog.categories c on c.id = l.category_id where l.id = $1`,
      [id],
    );
    if (!row) throw DomainError.notFound('listing');
    const variants = await this.transactions.query<VariantRow>(
      `select id, currency, name, sku, price_amount, on_hand, held from catalog.variants
       where listing_id = $1 and not archived order by position, id`,
      [id],
    );
    const pictures = await this.transactions.query<PictureRow>(
      `select listing_id, file_id, alt from catalog.pictures where listing_id = $1 order by position, file_id`,
      [id],
    );
    return {
      id: row.id,
      sellerId: row.seller_id,
      status: row.status,
      title: row.title,
      url: listingUrl(row.id, row.title),
      description: row.description,
      category: { id: row.category_id, name: row.category_name },
      currency: row.currency,
      shipping: Money.of(row.shipping_amount, row.currency),
      shipsFrom: row.ships_from,
      shopOpen: row.shop_open,
      variants: variants.map(variantView),
      pictures: pictures.map(pictureView),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  /** The first picture of each listing that has one. */
  async firstPictures(listingIds: readonly string[]): Promise<Map<string, PictureView>> {
    const rows = await this.transactions.query<PictureRow>(
      `select distinct on (listing_id) listing_id, file_id, alt from catalog.pictures
       where listing_id = any($1) order by listing_id, position, file_id`,
      [listingIds],
    );
    return new Map(rows.map((row) => [row.listing_id, pictureView(row)]));
  }

  /** Variants by id as they are now; unknown ids are missing from the answer. */
  async variants(ids: readonly string[]): Promise<Map<string, SaleVariant>> {
    const rows = await this.transactions.query<SaleRow>(
      `select v.id, v.currency, v.name, v.sku, v.price_amount, v.on_hand, v.held,
              l.id as listing_id, l.seller_id, l.title, l.shipping_amount,
              l.status = 'published' and l.shop_open and not v.archived as for_sale,
              (select file_id from catalog.pictures p where p.listing_id = l.id order by position, file_id limit 1) as picture_file
       from catalog.variants v join catalog.listings l on l.id = v.listing_id where v.id = any($1)`,
      [ids],
    );
    return new Map(
      rows.map((row) => [
        row.id,
        {
          variantId: row.id,
          listingId: row.listing_id,
          sellerId: row.seller_id,
          title: row.title,
          variantName: row.name,
          price: Money.of(row.price_amount, row.currency),
          shipping: Money.of(row.shipping_amount, row.currency),
          available: row.on_hand - row.held,
          forSale: row.for_sale,
          pictureUrl: row.picture_file && fileUrl(row.picture_file),
          listingUrl: listingUrl(row.listing_id, row.title),
        },
      ]),
    );
  }

  categories(): Promise<CategoryView[]> {
    return this.transactions.query<CategoryView>(`select id, name from catalog.categories order by position`);
  }
}

function variantView(row: VariantRow): VariantView {
  return {
    id: row.id,
    name: row.name,
    sku: row.sku,
    price: Money.of(row.price_amount, row.currency),
    onHand: row.on_hand,
    available: row.on_hand - row.held,
  };
}

function pictureView(row: PictureRow): PictureView {
  return { fileId: row.file_id, url: fileUrl(row.file_id), alt: row.alt };
}
