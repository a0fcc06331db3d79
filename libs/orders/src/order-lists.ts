import { Injectable } from '@nestjs/common';
import { type Actor, DomainError, Money } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, searchPage, Transactions, weekByWeek } from '#platform';
import { Sellers } from '#sellers';
import { OrderReader } from './order-reader.js';
import { orderSearch } from './order-search.rules.js';
import type { OrderStatus } from './order.states.js';
import type { OrderRowView, PurchaseView } from './order.views.js';
import { purchaseState } from './purchase.rules.js';

export interface OrderFilter {
  readonly status?: OrderStatus | undefined;
  readonly from?: Date | undefined;
  /** Up to, and without. */
  readonly until?: Date | undefined;
  /** An order's id, the six letters of it that pages show, or words of the receiver's name by their beginnings. */
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

interface Row {
  readonly id: string;
  readonly purchase_id: string;
  readonly buyer_id: string | null;
  readonly seller_id: string;
  readonly ship_name: string;
  readonly status: OrderStatus;
  readonly currency: string;
  readonly charged_amount: bigint;
  readonly application_fee_amount: bigint;
  readonly seller_net_amount: bigint;
  readonly refunded_amount: bigint;
  readonly created_at: Date;
  readonly paid_at: Date | null;
  readonly shipped_at: Date | null;
}

interface PurchaseRow {
  readonly id: string;
  readonly email: string;
  readonly created_at: Date;
}

interface Contents {
  readonly order_id: string;
  readonly titles: string[];
  readonly pieces: number;
}

/** Lists of orders, newest first, by keyset: as fast in the middle of a million as at the beginning. */
@Injectable()
export class OrderLists {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: OrderReader,
    private readonly sellers: Sellers,
  ) {}

  /** What a buyer bought, purchase by purchase, each with all of its orders. */
  async purchasesOfBuyer(
    userId: string,
    filter: { readonly cursor?: string | undefined; readonly limit?: number },
  ): Promise<Page<PurchaseView>> {
    const limit = filter.limit ?? 20;
    const cursor = decodeCursor(filter.cursor, ['text']);
    const set = keyset(['id'], cursor, 3);
    const rows = await this.transactions.query<PurchaseRow>(
      `select id, email, created_at from orders.purchases where buyer_id = $1 and ${set.where}
       order by ${set.orderBy} limit $2`,
      [userId, limit + 1, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.id]);
    const orders = await this.reader.find(`o.purchase_id = any($1)`, [page.items.map((row) => row.id)]);
    const byPurchase = Map.groupBy(orders, (order) => order.purchaseId);
    const items = page.items.map(({ id, email, created_at: createdAt }) => {
      const own = byPurchase.get(id) ?? [];
      const state = purchaseState(own.map((order) => order.status));
      return { id, buyerId: userId, email, createdAt, orders: own, addressHidden: false, state };
    });
    return { ...page, items };
  }

  pageForBuyer(userId: string, filter: OrderFilter): Promise<Page<OrderRowView>> {
    return this.page({ buyer_id: userId }, filter);
  }

  /** For members of the shop. */
  async pageForSeller(actor: Actor, sellerId: string, filter: OrderFilter): Promise<Page<OrderRowView>> {
    await this.sellers.requireMember(actor, sellerId);
    return this.page({ seller_id: sellerId }, filter);
  }

  /** For admins; of one seller where named. */
  pageForAdmin(
    actor: Actor,
    filter: OrderFilter & { sellerId?: string | undefined },
  ): Promise<Page<OrderRowView>> {
    if (actor.kind !== 'user' || !actor.isAdmin)
      throw new DomainError('admin_only', 'forbidden', 'Only admins of the marketplace see all orders.');
    return this.page(filter.sellerId ? { seller_id: filter.sellerId } : {}, filter);
  }

  /** Only conditions that are asked for are in the SQL, so that each list finds its index. */
  private async page(owner: Record<string, string>, filter: OrderFilter): Promise<Page<OrderRowView>> {
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['time', 'text']);
    const place = keyset(['o.created_at', 'o.id'], cursor, 1);
    const parameters: unknown[] = [...place.parameters];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const { byId, byWords } = orderSearch(filter.search, bind);
    const conditions = Object.entries(owner).map(([column, value]) => `o.${column} = ${bind(value)}`);
    const span = conditions.join(' and ');
    if (byId) conditions.push(byId);
    if (filter.status) conditions.push(`o.status = ${bind(filter.status)}`);
    if (filter.from) conditions.push(`o.created_at >= ${bind(filter.from)}`);
    if (filter.until) conditions.push(`o.created_at < ${bind(filter.until)}`);
    const where = conditions.join(' and ') || 'true';
    const table = 'orders.orders o';
    const { seller_id: sellerId } = owner;
    const found = () => {
      if (!byWords) return `${where} and ${place.where}`;
      if (sellerId) {
        const words = byWords.inShop(sellerId);
        const rows = weekByWeek({ table, where, time: 'o.created_at', words, span }, place, limit + 1);
        return `o.id in (select id from (${rows}) found)`;
      }
      const { match, byIndex } = byWords.amongAll();
      const list = { table, where, match, byIndex: `select * from ${table} where ${byIndex}` };
      return `o.id in (${searchPage(list, place, limit + 1)})`;
    };
    const rows = await this.transactions.query<Row>(
      `select id, purchase_id, buyer_id, seller_id, ship_name, status, currency, charged_amount,
              application_fee_amount, seller_net_amount, refunded_amount, created_at, paid_at, shipped_at
       from ${table} where ${found()} order by ${place.orderBy} limit ${bind(limit + 1)}`,
      parameters,
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.created_at.toISOString(), row.id]);
    const contents = await this.contents(page.items.map((row) => row.id));
    return { ...page, items: page.items.map((row) => rowView(row, contents.get(row.id))) };
  }

  private async contents(orderIds: readonly string[]): Promise<Map<string, Contents>> {
    const rows = await this.transactions.query<Contents>(
      `select order_id, array_agg(title order by position) as titles, sum(quantity)::int as pieces
       from orders.lines where order_id = any($1) group by order_id`,
      [orderIds],
    );
    return new Map(rows.map((row) => [row.order_id, row]));
  }
}

function rowView(row: Row, contents: Contents | undefined): OrderRowView {
  const money = (amount: bigint) => Money.of(amount, row.currency);
  return {
    id: row.id,
    purchaseId: row.purchase_id,
    buyerId: row.buyer_id,
    sellerId: row.seller_id,
    shipToName: row.ship_name,
    status: row.status,
    charged: money(row.charged_amount),
    applicationFee: money(row.application_fee_amount),
    sellerNet: money(row.seller_net_amount),
    refunded: money(row.refunded_amount),
    createdAt: row.created_at,
    paidAt: row.paid_at,
    shippedAt: row.shipped_at,
    titles: contents?.titles ?? [],
    pieces: contents?.pieces ?? 0,
  };
}
