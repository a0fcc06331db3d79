import type { Money } from '#kernel';
import type { ListingStatus } from './listing.states.js';

export interface CategoryView {
  readonly id: string;
  readonly name: string;
}

export interface PictureView {
  readonly fileId: string;
  readonly url: string;
  readonly alt: string;
}

/** One listing in a public list. */
export interface ListingCardView {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly seller: { readonly id: string; readonly name: string; readonly slug: string };
  /** The lowest price of its variants; `priceVaries` says that others cost more. */
  readonly price: Money;
  readonly priceVaries: boolean;
  readonly inStock: boolean;
  readonly picture: PictureView | null;
}

export interface VariantView {
  readonly id: string;
  readonly name: string;
  readonly sku: string | null;
  readonly price: Money;
  readonly onHand: number;
  /** Pieces that nobody else holds. */
  readonly available: number;
}

/** One listing as buyers and its seller read it. Archived variants are left out. */
export interface ListingView {
  readonly id: string;
  readonly sellerId: string;
  readonly status: ListingStatus;
  readonly title: string;
  readonly url: string;
  readonly description: string;
  readonly category: CategoryView;
  readonly currency: string;
  readonly shipping: Money;
  /** ISO 3166 alpha-2. */
  readonly shipsFrom: string;
  readonly shopOpen: boolean;
  readonly variants: readonly VariantView[];
  readonly pictures: readonly PictureView[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One listing in its seller's list. */
export interface ListingRowView {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly status: ListingStatus;
  readonly price: Money | null;
  readonly priceVaries: boolean;
  readonly variants: number;
  readonly available: number;
  readonly picture: PictureView | null;
  readonly updatedAt: Date;
}

/** What a cart and a checkout need to know of a variant, now. */
export interface SaleVariant {
  readonly variantId: string;
  readonly listingId: string;
  readonly sellerId: string;
  readonly title: string;
  readonly variantName: string;
  readonly price: Money;
  /** Charged once per order and seller: the highest of the lines' counts. */
  readonly shipping: Money;
  readonly available: number;
  /** Published, not archived, and its shop is open. Stock is another matter. */
  readonly forSale: boolean;
  readonly pictureUrl: string | null;
  readonly listingUrl: string;
}
