import { createHash } from 'node:crypto';
import type { SaleVariant } from '#catalog';
import { Money } from '#kernel';
import type { DraftLine, OrderView } from '#orders';
import type { Change } from './changes.js';

export const MAX_QUANTITY = 99;

export interface CartItem {
  readonly variantId: string;
  readonly quantity: number;
  /** What the buyer saw last. */
  readonly seenPrice: Money;
}

/** What is asked of one seller. */
export interface SellerGoods {
  readonly sellerId: string;
  readonly currency: string;
  readonly lines: readonly DraftLine[];
  /** The highest of the lines' shipping prices, once. */
  readonly shipping: Money;
}

/** What changed since the buyer put these into the cart. `held` are pieces that the buyer's own open orders hold. */
export function changesInCart(
  items: readonly CartItem[],
  variants: ReadonlyMap<string, SaleVariant>,
  held: ReadonlyMap<string, number>,
): Change[] {
  return items.flatMap((item): Change[] => {
    const { variantId } = item;
    const variant = variants.get(variantId);
    const title = variant?.title ?? 'An item';
    const available = (variant?.available ?? 0) + (held.get(variantId) ?? 0);
    if (!variant?.forSale || available === 0) return [{ kind: 'gone', variantId, title }];
    const changes: Change[] = [];
    if (!variant.price.equals(item.seenPrice))
      changes.push({ kind: 'price', variantId, title, was: item.seenPrice, now: variant.price });
    if (available < item.quantity) changes.push({ kind: 'short', variantId, title, available });
    return changes;
  });
}

/** What of the cart can be had now: sold-out goods left out, and no more pieces than there are. */
export function obtainable(
  items: readonly CartItem[],
  variants: ReadonlyMap<string, SaleVariant>,
  held: ReadonlyMap<string, number>,
): CartItem[] {
  return items.flatMap((item) => {
    const available = (variants.get(item.variantId)?.available ?? 0) + (held.get(item.variantId) ?? 0);
    return available > 0 ? [{ ...item, quantity: Math.min(item.quantity, available) }] : [];
  });
}

/** The goods per seller, in the order in which the first of each was added; what is not for sale is left out. */
export function goodsBySeller(
  items: readonly CartItem[],
  variants: ReadonlyMap<string, SaleVariant>,
): SellerGoods[] {
  const wanted = items.flatMap((item) => {
    const variant = variants.get(item.variantId);
    return variant?.forSale ? [{ item, variant }] : [];
  });
  return [...Map.groupBy(wanted, ({ variant }) => variant.sellerId)].map(([sellerId, group]) => ({
    sellerId,
    currency: group[0]!.variant.price.currency,
    lines: group.map(({ item, variant }) => ({
      variantId: variant.variantId,
      listingId: variant.listingId,
      title: variant.title,
      variantName: variant.variantName,
      pictureUrl: variant.pictureUrl,
      quantity: item.quantity,
      unitPrice: variant.price,
    })),
    shipping: highest(group.map(({ variant }) => variant.shipping)),
  }));
}

/** What is not any more as it was when the order was placed. Its stock is held, so that can't have changed. */
export function changesOfOrder(
  order: OrderView,
  variants: ReadonlyMap<string, SaleVariant>,
  items: readonly CartItem[],
  seller: { readonly name: string; readonly canSell: boolean },
): Change[] {
  const { sellerId } = order;
  if (!seller.canSell) return [{ kind: 'seller_closed', sellerId, sellerName: seller.name }];
  const changes = order.lines.flatMap(({ variantId, title, unitPrice }): Change[] => {
    const variant = variants.get(variantId);
    if (!variant?.forSale) return [{ kind: 'gone', variantId, title }];
    if (variant.price.equals(unitPrice)) return [];
    return [{ kind: 'price', variantId, title, was: unitPrice, now: variant.price }];
  });
  if (changes.length > 0) return changes;
  const shipping = highest(order.lines.map((line) => variants.get(line.variantId)!.shipping));
  if (!shipping.equals(order.shipping))
    return [{ kind: 'shipping', sellerId, was: order.shipping, now: shipping }];
  const [inCart] = goodsBySeller(
    items.filter((item) => variants.get(item.variantId)?.sellerId === sellerId),
    variants,
  );
  return contents(inCart?.lines ?? []) === contents(order.lines) ? [] : [{ kind: 'cart', sellerId }];
}

/** Two drafts with the same fingerprint would become the same order. */
export function fingerprint(goods: SellerGoods, terms: object): string {
  const lines = goods.lines.map((line) => [line.variantId, line.quantity, String(line.unitPrice.amount)]);
  const picture = [goods.sellerId, goods.currency, lines.sort(), String(goods.shipping.amount), terms];
  return createHash('sha256').update(JSON.stringify(picture)).digest('base64url');
}

function contents(lines: readonly { readonly variantId: string; readonly quantity: number }[]): string {
  return lines
    .map((line) => `${line.variantId} ${line.quantity}`)
    .sort()
    .join();
}

function highest(prices: readonly Money[]): Money {
  return prices.reduce((most, price) => (price.compare(most) > 0 ? price : most));
}
