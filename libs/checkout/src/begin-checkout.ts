import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { type Discount, Orders, PlaceOrder, type PurchaseView, type ShipTo } from '#orders';
import { Transactions } from '#platform';
import { type CartKey, type CartRow, CartRows } from './cart-rows.js';
import { fingerprint, type SellerGoods } from './cart.rules.js';
import { cartEmpty, Carts } from './carts.service.js';
import { type Change, changeWords } from './changes.js';
import { EndOrder } from './end-order.js';
import { Placed } from './placed.js';
import { Pricing } from './pricing.js';
import { Promotions } from './promotions.service.js';

export interface CheckoutInput {
  /** Where the receipt goes. */
  readonly email: string;
  readonly shipTo: ShipTo;
  /** The form's token or the caller's Idempotency-Key: the same one answers the same purchase. */
  readonly key: string;
}

/** A cart that can become a purchase as it stands. */
interface Wanted {
  readonly parts: readonly {
    readonly goods: SellerGoods;
    readonly discount: Discount | null;
    readonly fingerprint: string;
  }[];
}

/** The cart is not what the buyer saw any more; it has been brought in line, so that the next try can succeed. */
export class CartChangedError extends DomainError {
  constructor(readonly changes: readonly Change[]) {
    const fields = changes.flatMap((change) =>
      'variantId' in change ? [[change.variantId, changeWords(change)] as const] : [],
    );
    super(
      'cart_changed',
      'conflict',
      `Something changed since you looked at your cart. ${changes.map(changeWords).join(' ')} Please look at it again.`,
      Object.fromEntries(fields),
    );
  }
}

/** How often a buyer who is in two windows at once is sorted out before we ask them to try again. */
const ROUNDS = 4;

/** From a cart to a purchase with one order per seller: stock held, splits frozen, nothing asked of Stripe yet. */
@Injectable()
export class BeginCheckout {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: CartRows,
    private readonly carts: Carts,
    private readonly pricing: Pricing,
    private readonly placed: Placed,
    private readonly ending: EndOrder,
    private readonly promotions: Promotions,
    private readonly orders: Orders,
    private readonly placeOrder: PlaceOrder,
  ) {}

  /**
   * The purchase of this cart. A repeated or simultaneous call answers the same one; so does a cart that has an unpaid
   * checkout and did not change. One that did change ends the older checkout first.
   * Throws `cart_empty`, `cart_changed`, `out_of_stock`, `promotion_not_valid`, `seller_not_selling`, `amount_too_small`,
   * `idempotency_key_reused`, `checkout_busy`.
   */
  async begin(key: CartKey, input: CheckoutInput): Promise<PurchaseView> {
    const cart = await this.rows.find(key);
    if (!cart) throw cartEmpty();
    for (let round = 0; round < ROUNDS; round++) {
      const known = await this.known(cart.id, input);
      if (known) return this.purchase(known);
      const fresh = round === 0 ? cart : ((await this.rows.find(key)) ?? cart);
      const settled = await this.settleOpen(fresh.id);
      const wanted = await this.wanted(fresh, input);
      const open = settled ? await this.placed.openOf(fresh.id) : [];
      const purchaseId =
        open.length === 0
          ? await this.place(key, fresh, input, wanted)
          : await this.same(fresh.id, input, wanted, open);
      if (purchaseId) return this.purchase(purchaseId);
    }
    throw new DomainError(
      'checkout_busy',
      'conflict',
      'Your cart is being checked out in another window. Finish there, or try again in a moment.',
    );
  }

  /** News of orders may not have reached the cart yet. Answers whether the cart had a checkout. */
  private async settleOpen(cartId: string): Promise<boolean> {
    const open = await this.placed.openOf(cartId);
    for (const row of open) await this.placed.settle(row.order_id);
    return open.length > 0;
  }

  private async wanted(cart: CartRow, input: CheckoutInput): Promise<Wanted> {
    const priced = await this.pricing.price(cart);
    if (priced.items.length === 0) throw cartEmpty();
    if (priced.changes.length > 0) {
      await this.carts.bringInLine(cart.id, priced.changes);
      throw new CartChangedError(priced.changes);
    }
    if (priced.promotionProblem)
      throw DomainError.field('promotionCode', 'promotion_not_valid', priced.promotionProblem);
    const terms = { email: input.email, shipTo: input.shipTo, code: cart.promotion_code };
    return {
      parts: priced.goods.map((goods, i) => ({
        goods,
        discount: priced.discounts[i] ?? null,
        fingerprint: fingerprint(goods, terms),
      })),
    };
  }

  /** The open checkout if it is of the same things; else it is ended (or honoured), and null asks for another round. */
  private async same(
    cartId: string,
    input: CheckoutInput,
    wanted: Wanted,
    open: readonly { order_id: string; purchase_id: string; fingerprint: string }[],
  ): Promise<string | null> {
    const before = open.map((row) => row.fingerprint).sort();
    const now = wanted.parts.map((part) => part.fingerprint).sort();
    const [first] = open;
    if (before.join() === now.join() && open.every((row) => row.purchase_id === first!.purchase_id)) {
      await this.transactions.run(() => this.remember(cartId, input, first!.purchase_id));
      return first!.purchase_id;
    }
    for (const row of open) await this.ending.end(row.order_id, 'changed');
    return null;
  }

  /** One transaction under the cart's lock; null where another window was quicker. */
  private place(key: CartKey, cart: CartRow, input: CheckoutInput, wanted: Wanted): Promise<string | null> {
    const buyerId = key.actor.kind === 'user' ? key.actor.userId : null;
    return this.transactions.run(async () => {
      const locked = await this.rows.lock(cart.id);
      if (!locked || (await this.placed.openOf(cart.id)).length > 0) return null;
      if (await this.known(cart.id, input)) return null;
      const purchaseId = await this.orders.openPurchase({
        buyerId,
        email: input.email,
        // A browser is shared more often than an account: a person's purchase opens for the person alone.
        cartToken: buyerId ? null : key.cartToken,
      });
      await this.remember(cart.id, input, purchaseId);
      if (cart.promotion_code) await this.promotions.redeem(cart.promotion_code, purchaseId);
      for (const [position, part] of wanted.parts.entries()) {
        const { sellerId, currency, lines, shipping } = part.goods;
        const { discount } = part;
        const { shipTo } = input;
        const draft = {
          purchaseId,
          position,
          buyerId,
          sellerId,
          currency,
          lines,
          shipping,
          discount,
          shipTo,
        };
        const id = await this.placeOrder.place(draft);
        await this.placed.note({ id, purchaseId }, cart.id, part.fingerprint);
      }
      return purchaseId;
    });
  }

  private async remember(cartId: string, input: CheckoutInput, purchaseId: string): Promise<void> {
    await this.transactions.write(
      `insert into checkout.begun (cart_id, key, request_hash, purchase_id) values ($1, $2, $3, $4)
       on conflict (cart_id, key) do nothing`,
      [cartId, input.key, requestHash(input), purchaseId],
    );
  }

  private async known(cartId: string, input: CheckoutInput): Promise<string | null> {
    const [row] = await this.transactions.query<{ request_hash: string; purchase_id: string }>(
      `select request_hash, purchase_id from checkout.begun where cart_id = $1 and key = $2`,
      [cartId, input.key],
    );
    if (!row) return null;
    if (row.request_hash !== requestHash(input)) {
      throw new DomainError(
        'idempotency_key_reused',
        'conflict',
        'This checkout was sent before with other details. Open your cart and check out again.',
      );
    }
    return row.purchase_id;
  }

  private async purchase(id: string): Promise<PurchaseView> {
    return (await this.orders.purchase(id))!;
  }
}

function requestHash({ email, shipTo }: CheckoutInput): string {
  return createHash('sha256').update(JSON.stringify({ email, shipTo })).digest('base64url');
}
