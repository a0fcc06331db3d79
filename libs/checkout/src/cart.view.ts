import type { Money } from '#kernel';
import type { Change } from './changes.js';

export interface CartLineView {
  readonly variantId: string;
  readonly title: string;
  readonly variantName: string;
  readonly listingUrl: string;
  readonly pictureUrl: string | null;
  readonly quantity: number;
  /** How many could be had, the pieces that an open checkout of this cart holds among them. */
  readonly available: number;
  readonly price: Money;
  readonly amount: Money;
}

/** What will become one order. */
export interface CartGroupView {
  readonly sellerId: string;
  readonly sellerName: string;
  readonly sellerSlug: string;
  readonly currency: string;
  readonly lines: readonly CartLineView[];
  readonly items: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly total: Money;
  /** Why this part can't be checked out, in a sentence. */
  readonly problem: string | null;
}

export interface CartView {
  readonly groups: readonly CartGroupView[];
  readonly pieces: number;
  /** One per currency: amounts of different currencies are never added. */
  readonly totals: readonly Money[];
  /** `problem` says why the code gives nothing. */
  readonly promotion: { readonly code: string; readonly problem: string | null } | null;
  /** What is not any more as the buyer saw it; checking out brings the cart in line with it and asks again. */
  readonly changes: readonly Change[];
}
