import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, Money, newId } from '#kernel';
import { Transactions } from '#platform';
import type { CartItem } from './cart.rules.js';

/** Whose cart: the person's when signed in, else the one that the browser's cookie names. */
export interface CartKey {
  readonly actor: Actor;
  readonly cartToken: string | null;
}

export interface CartRow {
  readonly id: string;
  readonly user_id: string | null;
  readonly promotion_code: string | null;
}

interface ItemRow {
  readonly variant_id: string;
  readonly quantity: number;
  readonly seen_amount: bigint;
  readonly currency: string;
}

const select = `select id, user_id, promotion_code from checkout.carts`;

/** The rows of carts; decides nothing. */
@Injectable()
export class CartRows {
  constructor(private readonly transactions: Transactions) {}

  async find(key: CartKey): Promise<CartRow | null> {
    const owner = ownerOf(key);
    if (!owner) return null;
    const [row] = await this.transactions.query<CartRow>(`${select} where ${owner.column} = $1`, [
      owner.value,
    ]);
    return row ?? null;
  }

  /** In a transaction: whoever changes or checks out this cart waits for the other. */
  async lockOf(key: CartKey): Promise<CartRow | null> {
    const owner = ownerOf(key);
    if (!owner) return null;
    const [row] = await this.transactions.write<CartRow>(`${select} where ${owner.column} = $1 for update`, [
      owner.value,
    ]);
    return row ?? null;
  }

  /** The same by the cart's id. */
  async lock(id: string): Promise<CartRow | null> {
    const [row] = await this.transactions.write<CartRow>(`${select} where id = $1 for update`, [id]);
    return row ?? null;
  }

  async create(owner: { userId: string } | { token: string }): Promise<void> {
    const userId = 'userId' in owner ? owner.userId : null;
    const token = 'token' in owner ? hash(owner.token) : null;
    await this.transactions.write(
      `insert into checkout.carts (id, user_id, token_hash) values ($1, $2, $3) on conflict do nothing`,
      [newId('car'), userId, token],
    );
  }

  async items(cartId: string): Promise<CartItem[]> {
    const rows = await this.transactions.query<ItemRow>(
      `select variant_id, quantity, seen_amount, currency from checkout.cart_items
       where cart_id = $1 order by added_at, variant_id`,
      [cartId],
    );
    return rows.map(item);
  }

  /** What is now in the cart that an order came from. */
  async itemsBehind(orderId: string): Promise<CartItem[]> {
    const rows = await this.transactions.query<ItemRow>(
      `select i.variant_id, i.quantity, i.seen_amount, i.currency
       from checkout.placed p join checkout.cart_items i on i.cart_id = p.cart_id
       where p.order_id = $1 order by i.added_at, i.variant_id`,
      [orderId],
    );
    return rows.map(item);
  }

  /** Zero takes the variant out. */
  async put(cartId: string, variantId: string, quantity: number, seen: Money): Promise<void> {
    if (quantity === 0) {
      await this.transactions.write(
        `delete from checkout.cart_items where cart_id = $1 and variant_id = $2`,
        [cartId, variantId],
      );
    } else {
      await this.transactions.write(
        `insert into checkout.cart_items (cart_id, variant_id, quantity, seen_amount, currency)
         values ($1, $2, $3, $4, $5)
         on conflict (cart_id, variant_id) do update set quantity = excluded.quantity,
           seen_amount = excluded.seen_amount, currency = excluded.currency`,
        [cartId, variantId, quantity, seen.amount, seen.currency],
      );
    }
    await this.transactions.write(`update checkout.carts set changed_at = now() where id = $1`, [cartId]);
  }

  async setCode(cartId: string, code: string | null): Promise<void> {
    await this.transactions.write(
      `update checkout.carts set promotion_code = $2, changed_at = now() where id = $1`,
      [cartId, code],
    );
  }

  /** Takes this code from the cart, and leaves another that was entered meanwhile. */
  async dropCode(cartId: string, code: string): Promise<void> {
    await this.transactions.write(
      `update checkout.carts set promotion_code = null where id = $1 and promotion_code = $2`,
      [cartId, code],
    );
  }

  /** A guest's cart becomes the person's own. */
  async adopt(cartId: string, userId: string): Promise<void> {
    await this.transactions.write(
      `update checkout.carts set user_id = $2, token_hash = null, changed_at = now() where id = $1`,
      [cartId, userId],
    );
  }

  /** Pours one cart into another: same goods add up, and orders placed from the one follow to the other. */
  async pour(from: CartRow, into: CartRow): Promise<void> {
    await this.transactions.write(
      `insert into checkout.cart_items (cart_id, variant_id, quantity, seen_amount, currency, added_at)
       select $2, variant_id, quantity, seen_amount, currency, added_at from checkout.cart_items where cart_id = $1
       on conflict (cart_id, variant_id) do update set quantity = least(99, cart_items.quantity + excluded.quantity)`,
      [from.id, into.id],
    );
    await this.transactions.write(`update checkout.placed set cart_id = $2 where cart_id = $1`, [
      from.id,
      into.id,
    ]);
    if (from.promotion_code && !into.promotion_code) await this.setCode(into.id, from.promotion_code);
    await this.transactions.write(`delete from checkout.carts where id = $1`, [from.id]);
  }

  async pieces(key: CartKey): Promise<number> {
    const owner = ownerOf(key);
    if (!owner) return 0;
    const [row] = await this.transactions.query<{ pieces: number }>(
      `select coalesce(sum(i.quantity), 0)::int as pieces
       from checkout.carts c join checkout.cart_items i on i.cart_id = c.id
       where c.${owner.column} = $1`,
      [owner.value],
    );
    return row!.pieces;
  }

  async forget(): Promise<void> {
    await this.transactions.query(
      `delete from checkout.carts where user_id is null and changed_at < now() - interval '60 days'
         and not exists (select from checkout.placed p where p.cart_id = carts.id and p.state = 'open')`,
    );
  }
}

function ownerOf({ actor, cartToken }: CartKey) {
  if (actor.kind === 'user') return { column: 'user_id', value: actor.userId };
  return cartToken ? { column: 'token_hash', value: hash(cartToken) } : null;
}

function item(row: ItemRow): CartItem {
  return {
    variantId: row.variant_id,
    quantity: row.quantity,
    seenPrice: Money.of(row.seen_amount, row.currency),
  };
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
