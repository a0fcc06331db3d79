import { Injectable } from '@nestjs/common';
import { Catalog, type SaleVariant } from '#catalog';
import { DomainError, newToken } from '#kernel';
import { Cron, Transactions } from '#platform';
import { type CartKey, type CartRow, CartRows } from './cart-rows.js';
import { MAX_QUANTITY } from './cart.rules.js';
import type { CartView } from './cart.view.js';
import type { Change } from './changes.js';
import { Placed } from './placed.js';
import { Pricing } from './pricing.js';
import { Promotions } from './promotions.service.js';

/** What a change of a cart answers. */
export interface CartChanged {
  readonly cart: CartView;
  /** A guest's first item makes a cart: the cookie to set, for a year. */
  readonly newToken: string | null;
}

/** Carts of people and of guests. */
@Injectable()
export class Carts {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: CartRows,
    private readonly catalog: Catalog,
    private readonly pricing: Pricing,
    private readonly placed: Placed,
    private readonly promotions: Promotions,
  ) {}

  async view(key: CartKey): Promise<CartView> {
    const cart = await this.rows.find(key);
    return this.pricing.view(cart);
  }

  /** Pieces in the cart, for the page's header: one query. */
  pieces(key: CartKey): Promise<number> {
    return this.rows.pieces(key);
  }

  /** Adds pieces, up to what can be had. Throws `variant_not_found`, `out_of_stock`, `quantity_invalid`. */
  async add(key: CartKey, variantId: string, quantity: number): Promise<CartChanged> {
    requireQuantity(quantity, 1);
    const variant = await this.forSale(variantId);
    const { cart, newToken } = await this.ensure(key);
    await this.change(cart, async () => {
      const had = (await this.rows.items(cart.id)).find((item) => item.variantId === variantId);
      await this.put(cart, variant, (had?.quantity ?? 0) + quantity);
    });
    return { cart: await this.pricing.view(cart), newToken };
  }

  /** Sets the pieces of a variant that is in the cart; zero takes it out. Seeing the cart, the buyer has seen its price. */
  async setQuantity(key: CartKey, variantId: string, quantity: number): Promise<CartView> {
    requireQuantity(quantity, 0);
    const cart = await this.rows.find(key);
    const item = cart && (await this.rows.items(cart.id)).find((each) => each.variantId === variantId);
    if (!cart || !item) throw DomainError.notFound('cart item');
    await this.change(cart, async () => {
      if (quantity === 0) await this.rows.put(cart.id, variantId, 0, item.seenPrice);
      else await this.put(cart, await this.forSale(variantId), quantity);
    });
    return this.pricing.view(cart);
  }

  /** Throws `promotion_not_valid` where the code can't be used now. */
  async applyCode(key: CartKey, code: string): Promise<CartView> {
    const cart = await this.rows.find(key);
    if (!cart) throw cartEmpty();
    const promotion = await this.promotions.usable(code);
    await this.change(cart, () => this.rows.setCode(cart.id, promotion.code));
    return this.pricing.view({ ...cart, promotion_code: promotion.code });
  }

  async removeCode(key: CartKey): Promise<CartView> {
    const cart = await this.rows.find(key);
    if (cart) await this.change(cart, () => this.rows.setCode(cart.id, null));
    return this.pricing.view(cart && { ...cart, promotion_code: null });
  }

  /** Signing in: what the guest chose is now the person's, beside what they had. Repeating it does nothing. */
  async mergeInto(userId: string, cartToken: string | null): Promise<void> {
    if (!cartToken) return;
    await this.transactions.run(async () => {
      const from = await this.rows.lockOf({ actor: { kind: 'guest' }, cartToken });
      if (!from || from.user_id) return;
      const into = await this.rows.lockOf({
        actor: { kind: 'user', userId, isAdmin: false },
        cartToken: null,
      });
      if (into) await this.rows.pour(from, into);
      else await this.rows.adopt(from.id, userId);
    });
  }

  /** The buyer has been told of these changes: the cart now shows things as they are. */
  async bringInLine(cartId: string, changes: readonly Change[]): Promise<void> {
    await this.transactions.run(async () => {
      if (!(await this.rows.lock(cartId))) return;
      const items = new Map((await this.rows.items(cartId)).map((item) => [item.variantId, item]));
      for (const change of changes) {
        const item = 'variantId' in change ? items.get(change.variantId) : undefined;
        if (!item) continue;
        if (change.kind === 'gone') items.delete(item.variantId);
        if (change.kind === 'price') items.set(item.variantId, { ...item, seenPrice: change.now });
        if (change.kind === 'short')
          items.set(item.variantId, { ...item, quantity: Math.min(item.quantity, change.available) });
        const now = items.get(item.variantId);
        await this.rows.put(cartId, item.variantId, now?.quantity ?? 0, now?.seenPrice ?? item.seenPrice);
      }
    });
  }

  @Cron('checkout.forget-carts', '41 3 * * *')
  async forget(): Promise<void> {
    await this.rows.forget();
  }

  private async put(cart: CartRow, variant: SaleVariant, wanted: number): Promise<void> {
    const held = await this.pricing.heldBy(await this.placed.openOf(cart.id));
    const available = variant.available + (held.get(variant.variantId) ?? 0);
    if (available === 0)
      throw new DomainError('out_of_stock', 'conflict', `${variant.title} is sold out.`, {
        quantity: 'Sold out.',
      });
    const quantity = Math.min(wanted, available, MAX_QUANTITY);
    await this.rows.put(cart.id, variant.variantId, quantity, variant.price);
  }

  private change(cart: CartRow, work: () => Promise<void>): Promise<void> {
    return this.transactions.run(async () => {
      if (!(await this.rows.lock(cart.id))) throw cartEmpty();
      await work();
    });
  }

  private async forSale(variantId: string): Promise<SaleVariant> {
    const variant = (await this.catalog.variants([variantId])).get(variantId);
    if (!variant?.forSale) throw DomainError.notFound('variant');
    return variant;
  }

  private async ensure(key: CartKey): Promise<{ cart: CartRow; newToken: string | null }> {
    const found = await this.rows.find(key);
    if (found) return { cart: found, newToken: null };
    const { actor } = key;
    const token = actor.kind === 'user' ? null : newToken();
    await this.transactions.run(() =>
      this.rows.create(actor.kind === 'user' ? { userId: actor.userId } : { token: token! }),
    );
    const cart = await this.rows.find({ actor, cartToken: token });
    return { cart: cart!, newToken: token };
  }
}

function requireQuantity(quantity: number, least: number): void {
  if (Number.isInteger(quantity) && quantity >= least && quantity <= MAX_QUANTITY) return;
  throw DomainError.field('quantity', 'quantity_invalid', `Enter a number from ${least} to ${MAX_QUANTITY}.`);
}

export function cartEmpty(): DomainError {
  return new DomainError('cart_empty', 'conflict', 'Your cart is empty. Add something to it first.');
}
