import type { Money } from '#kernel';

/** What is not any more as the buyer saw it: typed for programs, `changeWords` for people. */
export type Change =
  | {
      readonly kind: 'price';
      readonly variantId: string;
      readonly title: string;
      readonly was: Money;
      readonly now: Money;
    }
  | { readonly kind: 'gone'; readonly variantId: string; readonly title: string }
  | {
      readonly kind: 'short';
      readonly variantId: string;
      readonly title: string;
      /** Pieces that can be had; at least 1. */
      readonly available: number;
    }
  | { readonly kind: 'shipping'; readonly sellerId: string; readonly was: Money; readonly now: Money }
  | { readonly kind: 'seller_closed'; readonly sellerId: string; readonly sellerName: string }
  | { readonly kind: 'cart'; readonly sellerId: string }
  /** The time to pay ran out. */
  | { readonly kind: 'expired'; readonly sellerId: string };

export function changeWords(change: Change): string {
  switch (change.kind) {
    case 'price':
      return `${change.title} now costs ${change.now.format()} instead of ${change.was.format()}.`;
    case 'gone':
      return `${change.title} is no longer for sale.`;
    case 'short':
      return change.available === 1
        ? `Only one piece of ${change.title} is left.`
        : `Only ${change.available} pieces of ${change.title} are left.`;
    case 'shipping':
      return `Shipping now costs ${change.now.format()} instead of ${change.was.format()}.`;
    case 'seller_closed':
      return `${change.sellerName} is not selling at the moment.`;
    case 'cart':
      return 'You changed your cart after this checkout began.';
    case 'expired':
      return 'The time to pay ran out. Nothing was charged, and your goods are back in the shop.';
  }
}
