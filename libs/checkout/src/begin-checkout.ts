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
import { Placed, type PlacedRow } from './placed.js';
import { Pricing } from './pricing.js';
import { Promotions } from './promotions.service.js';

export interface CheckoutInput {
  /** Where the receipt goes. */
  readonly email: string;
  readonly shipTo: ShipTo;
  /** The form's token or the caller's Idempotency-Key: the same one answers the same purchase. */
  readonly key: string;
}

/** What one order of a cart is made of, as it stands. */
interface Part {
  readonly goods: SellerGoods;
  readonly discount: Discount | null;
  readonly fingerprint: string;
}

/** The purchase; or open orders of a cart that has changed since; or why there can be none. */
type Outcome = { readonly purchaseId: string } | { readonly outdated: readonly PlacedRow[] } | DomainError;

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

/** How often a buyer who changes the cart in another window meanwhile is sorted out before we ask them to try again. */
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
    for (let round = 0; round < ROUNDS; round++) {
      const outcome = await this.transactions.run(() => this.look(key, input));
      if (outcome instanceof DomainError) throw outcome;
      if ('purchaseId' in outcome) return (await this.orders.purchase(outcome.purchaseId))!;
      for (const row of outcome.outdated) await this.ending.end(row.order_id, 'changed');
    }
    throw new DomainError(
      'checkout_busy',
      'conflict',
      'Your cart is being checked out in another window. Finish there, or try again in a moment.',
    );
  }

  /** One transaction under the cart's lock, so that of two windows the second finds what the first has made. */
  private async look(key: CartKey, input: CheckoutInput): Promise<Outcome> {
    const cart = await this.rows.lockOf(key);
    if (!cart) return cartEmpty();
    const known = await this.known(cart.id, input);
    if (known) return { purchaseId: known };
    const open = await this.settleOpen(cart.id);
    const parts = await this.parts(cart, input, open);
    if (parts instanceof DomainError) return parts;
    if (open.length === 0) return { purchaseId: await this.place(key, cart, input, parts) };
    const [{ purchase_id: purchaseId }] = open as [PlacedRow];
    if (!isSame(parts, open)) return { outdated: open };
    await this.remember(cart.id, input, purchaseId);
    return { purchaseId };
  }

  /** The cart's unpaid checkout; news of its orders may not have reached the cart yet. */
  private async settleOpen(cartId: string): Promise<PlacedRow[]> {
    const open = await this.placed.openOf(cartId);
    for (const row of open) await this.placed.settle(row.order_id);
    return open.length > 0 ? this.placed.openOf(cartId) : open;
  }

  /** The orders that the cart becomes. What the buyer must hear first is answered, so that the cart's mending is kept. */
  private async parts(
    cart: CartRow,
    input: CheckoutInput,
    open: readonly PlacedRow[],
  ): Promise<Part[] | DomainError> {
    const priced = await this.pricing.price(cart, open);
    if (priced.items.length === 0) return cartEmpty();
    if (priced.changes.length > 0) {
      await this.carts.bringInLine(cart.id, priced.changes);
      return new CartChangedError(priced.changes);
    }
    if (priced.promotionProblem)
      return DomainError.field('promotionCode', 'promotion_not_valid', priced.promotionProblem);
    const terms = { email: input.email, shipTo: input.shipTo, code: cart.promotion_code };
    return priced.goods.map((goods, i) => ({
      goods,
      discount: priced.discounts[i] ?? null,
      fingerprint: fingerprint(goods, terms),
    }));
  }

  private async place(
    key: CartKey,
    cart: CartRow,
    input: CheckoutInput,
    parts: readonly Part[],
  ): Promise<string> {
    const buyerId = key.actor.kind === 'user' ? key.actor.userId : null;
    const purchaseId = await this.orders.openPurchase({
      buyerId,
      email: input.email,
      // A browser is shared more often than an account: a person's purchase opens for the person alone.
      cartToken: buyerId ? null : key.cartToken,
    });
    await this.remember(cart.id, input, purchaseId);
    if (cart.promotion_code) await this.promotions.redeem(cart.promotion_code, purchaseId);
    for (const [position, { goods, discount, fingerprint }] of parts.entries()) {
      const { shipTo } = input;
      const id = await this.placeOrder.place({ ...goods, purchaseId, position, buyerId, discount, shipTo });
      await this.placed.note({ id, purchaseId }, cart.id, fingerprint);
    }
    return purchaseId;
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
}

/** Whether the open checkout is of the same things. */
function isSame(parts: readonly Part[], open: readonly PlacedRow[]): boolean {
  const before = open.map((row) => row.fingerprint).sort();
  const now = parts.map((part) => part.fingerprint).sort();
  return before.join() === now.join() && open.every((row) => row.purchase_id === open[0]!.purchase_id);
}

function requestHash({ email, shipTo }: CheckoutInput): string {
  return createHash('sha256').update(JSON.stringify({ email, shipTo })).digest('base64url');
}
