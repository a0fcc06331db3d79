import { Injectable } from '@nestjs/common';
import { Catalog, type SaleVariant } from '#catalog';
import { DomainError, Money } from '#kernel';
import { type Discount, type Quote, Quotes } from '#orders';
import { Sellers, type SellerView } from '#sellers';
import { type CartRow, CartRows } from './cart-rows.js';
import { type CartItem, changesInCart, goodsBySeller, obtainable, type SellerGoods } from './cart.rules.js';
import type { CartGroupView, CartView } from './cart.view.js';
import type { Change } from './changes.js';
import { Placed, type PlacedRow } from './placed.js';
import { discounts } from './promotion.rules.js';
import { Promotions } from './promotions.service.js';

/** A cart beside what is true now. */
export interface PricedCart {
  readonly items: readonly CartItem[];
  readonly variants: ReadonlyMap<string, SaleVariant>;
  readonly held: ReadonlyMap<string, number>;
  readonly goods: readonly SellerGoods[];
  readonly discounts: readonly (Discount | null)[];
  readonly changes: readonly Change[];
  /** Why the cart's promotion code can't be used. */
  readonly promotionProblem: string | null;
}

/** What a cart comes to, by the same figures as the orders that it will become. */
@Injectable()
export class Pricing {
  constructor(
    private readonly rows: CartRows,
    private readonly placed: Placed,
    private readonly catalog: Catalog,
    private readonly sellers: Sellers,
    private readonly quotes: Quotes,
    private readonly promotions: Promotions,
  ) {}

  /** `open` are the cart's placed orders that are not settled. */
  async price(cart: CartRow, open: readonly PlacedRow[]): Promise<PricedCart> {
    const items = await this.rows.items(cart.id);
    const variants = await this.catalog.variants(items.map((item) => item.variantId));
    const held = await this.heldBy(open);
    const goods = goodsBySeller(obtainable(items, variants, held), variants);
    const { reductions, problem } = await this.reductions(cart.promotion_code, goods);
    return {
      items,
      variants,
      held,
      goods,
      discounts: reductions,
      changes: changesInCart(items, variants, held),
      promotionProblem: problem,
    };
  }

  /** Pieces per variant that open orders of a cart hold: they are missing from the shelf, and not from its own view. */
  async heldBy(open: readonly PlacedRow[]): Promise<Map<string, number>> {
    const held = new Map<string, number>();
    for (const order of await this.placed.ordersOf(open))
      for (const line of order.lines)
        held.set(line.variantId, (held.get(line.variantId) ?? 0) + line.quantity);
    return held;
  }

  async view(cart: CartRow | null): Promise<CartView> {
    if (!cart) return { groups: [], pieces: 0, totals: [], promotion: null, changes: [] };
    const priced = await this.price(cart, await this.placed.openOf(cart.id));
    const sellers = await this.sellers.byIds(priced.goods.map((goods) => goods.sellerId));
    const quotes = await this.quotes.quote(
      priced.goods.map((goods, i) => ({ goods, discount: priced.discounts[i] ?? null })),
    );
    const groups = priced.goods.map((goods, i) =>
      groupView(goods, quotes[i]!, sellers.get(goods.sellerId)!, priced),
    );
    const totals = Map.groupBy(groups, (group) => group.currency);
    return {
      groups,
      pieces: priced.goods.flatMap((goods) => goods.lines).reduce((sum, line) => sum + line.quantity, 0),
      totals: [...totals].map(([currency, same]) =>
        Money.sum(
          same.map((group) => group.total),
          currency,
        ),
      ),
      promotion:
        cart.promotion_code === null
          ? null
          : { code: cart.promotion_code, problem: priced.promotionProblem ?? uselessCode(groups) },
      changes: priced.changes,
    };
  }

  private async reductions(
    code: string | null,
    goods: readonly SellerGoods[],
  ): Promise<{ reductions: (Discount | null)[]; problem: string | null }> {
    const none = goods.map(() => null);
    if (!code) return { reductions: none, problem: null };
    try {
      return { reductions: discounts(await this.promotions.usable(code), goods), problem: null };
    } catch (error) {
      if (error instanceof DomainError) return { reductions: none, problem: error.message };
      throw error;
    }
  }
}

function groupView(
  goods: SellerGoods,
  quote: Quote,
  seller: SellerView,
  { variants, held }: PricedCart,
): CartGroupView {
  const items = Money.sum(
    goods.lines.map((line) => line.unitPrice.times(line.quantity)),
    goods.currency,
  );
  const figures = 'figures' in quote ? quote.figures : null;
  return {
    sellerId: goods.sellerId,
    sellerName: seller.name,
    sellerSlug: seller.slug,
    currency: goods.currency,
    lines: goods.lines.map((line) => {
      const variant = variants.get(line.variantId)!;
      return {
        variantId: line.variantId,
        title: line.title,
        variantName: line.variantName,
        listingUrl: variant.listingUrl,
        pictureUrl: line.pictureUrl,
        quantity: line.quantity,
        available: variant.available + (held.get(line.variantId) ?? 0),
        price: line.unitPrice,
        amount: line.unitPrice.times(line.quantity),
      };
    }),
    items,
    discount: figures?.discount ?? Money.zero(goods.currency),
    shipping: goods.shipping,
    total: figures?.split.charged ?? items.plus(goods.shipping),
    problem: 'problem' in quote ? quote.problem : null,
  };
}

function uselessCode(groups: readonly CartGroupView[]): string | null {
  if (groups.length === 0 || groups.some((group) => !group.discount.isZero)) return null;
  return 'This promotion code gives nothing off what is in your cart.';
}
