import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, Clock, DomainError, InvariantError, newId, newToken } from '#kernel';
import { Transactions } from '#platform';
import { Sellers } from '#sellers';
import { OrderReader } from './order-reader.js';
import type { OrderView, PurchaseView } from './order.views.js';
import { asLinkShows, purchaseState } from './purchase.rules.js';

/** Who asks for a purchase: a signed-in buyer, or somebody with the cart's cookie or a link's token. */
export interface Seeker {
  readonly actor: Actor;
  readonly tokens: readonly string[];
}

/** Purchases and orders as others read them, and who may. What changes them is in `OrderPayments` and `Shipping`. */
@Injectable()
export class Orders {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: OrderReader,
    private readonly sellers: Sellers,
    private readonly clock: Clock,
  ) {}

  /** In a transaction. `cartToken` opens a guest's purchase in the browser it was made in. */
  async openPurchase(buyer: {
    buyerId: string | null;
    email: string;
    cartToken: string | null;
  }): Promise<string> {
    const id = newId('pur');
    await this.transactions.write(
      `insert into orders.purchases (id, buyer_id, email, created_at) values ($1, $2, $3, $4)`,
      [id, buyer.buyerId, buyer.email, this.clock.now()],
    );
    if (buyer.cartToken) await this.admit(id, buyer.cartToken);
    return id;
  }

  /** A new unguessable token for a link to this purchase; only its hash is kept, so each link has one of its own. */
  async issueLinkToken(purchaseId: string): Promise<string> {
    const token = newToken();
    await this.transactions.run(() => this.admit(purchaseId, token));
    return token;
  }

  async byId(id: string): Promise<OrderView | null> {
    return (await this.byIds([id])).get(id) ?? null;
  }

  async byIds(ids: readonly string[]): Promise<Map<string, OrderView>> {
    const orders = await this.reader.find(`o.id = any($1)`, [ids]);
    return new Map(orders.map((order) => [order.id, order]));
  }

  /** In a transaction: nobody else changes this order until it ends. Throws where it does not exist. */
  async lock(id: string): Promise<OrderView> {
    const order = await this.reader.lock(id);
    if (!order) throw new InvariantError(`order ${id} does not exist`);
    return order;
  }

  async purchase(id: string): Promise<PurchaseView | null> {
    const found = await this.reader.purchase(id);
    if (!found) return null;
    return { ...found, addressHidden: false, state: purchaseState(found.orders.map((o) => o.status)) };
  }

  /** The purchase for its buyer, its link or an admin; `purchase_not_found` for everybody else. */
  async purchaseFor(seeker: Seeker, id: string): Promise<PurchaseView> {
    const purchase = await this.purchase(id);
    if (purchase && isTheirs(seeker, purchase)) return purchase;
    if (!purchase || !(await this.opens(seeker, purchase))) throw DomainError.notFound('purchase');
    return asLinkShows(purchase, this.clock.now());
  }

  /** For the links in mails. Throws `purchase_not_found`. */
  async purchaseByToken(token: string): Promise<PurchaseView> {
    const [row] = await this.transactions.query<{ purchase_id: string }>(
      `select purchase_id from orders.access_tokens where token_hash = $1 order by created_at desc limit 1`,
      [hash(token)],
    );
    const purchase = row && (await this.purchase(row.purchase_id));
    if (!purchase) throw DomainError.notFound('purchase');
    return asLinkShows(purchase, this.clock.now());
  }

  /** One order for its seller's members and for admins. Throws `forbidden` kinds and `order_not_found`. */
  async orderForSeller(actor: Actor, sellerId: string, id: string): Promise<OrderView> {
    await this.sellers.requireMember(actor, sellerId);
    const order = await this.byId(id);
    if (!order || order.sellerId !== sellerId) throw DomainError.notFound('order');
    return order;
  }

  private async admit(purchaseId: string, token: string): Promise<void> {
    await this.transactions.write(
      `insert into orders.access_tokens (token_hash, purchase_id) values ($1, $2) on conflict do nothing`,
      [hash(token), purchaseId],
    );
  }

  private async opens({ tokens }: Seeker, purchase: PurchaseView): Promise<boolean> {
    if (tokens.length === 0) return false;
    const [row] = await this.transactions.query(
      `select from orders.access_tokens where purchase_id = $1 and token_hash = any($2)`,
      [purchase.id, tokens.map(hash)],
    );
    return row !== undefined;
  }
}

function isTheirs({ actor }: Seeker, { buyerId }: PurchaseView): boolean {
  return actor.kind === 'user' && (actor.isAdmin || actor.userId === buyerId);
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
