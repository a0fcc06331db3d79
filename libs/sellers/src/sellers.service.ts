import { Injectable } from '@nestjs/common';
import { type Actor, DomainError } from '#kernel';
import { Audit } from '#audit';
import { decodeCursor, hasWords, keyset, type Page, pageOf, searchPage, Transactions } from '#platform';
import { sellerSearch } from './seller-search.rules.js';
import { SellerTimeline } from './seller-timeline.js';
import { type SellerRow, type SellerView, selectSellers, viewOf } from './seller.view.js';
import type { Stage } from './selling.rules.js';
import { Standings } from './standings.js';

export interface Membership {
  readonly sellerId: string;
  readonly name: string;
  readonly slug: string;
  readonly role: 'owner' | 'staff';
}

/** What a sale needs to know of a seller who may sell. */
interface Sellable {
  readonly name: string;
  readonly stripeAccount: string;
  readonly country: string;
  readonly currency: string;
}

export interface SellerFilter {
  readonly stage?: Stage | undefined;
  /** Words of the name or address, or a whole `sel_…` or `acct_…` id. */
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Sellers as the other modules and the doors read them, and an admin's word on whether one may sell at all. */
@Injectable()
export class Sellers {
  constructor(
    private readonly transactions: Transactions,
    private readonly standings: Standings,
    private readonly audit: Audit,
    private readonly timeline: SellerTimeline,
  ) {}

  /** Throws `seller_not_found`. */
  async byId(id: string): Promise<SellerView> {
    const found = (await this.byIds([id])).get(id);
    if (!found) throw DomainError.notFound('seller');
    return found;
  }

  async byIds(ids: readonly string[]): Promise<Map<string, SellerView>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transactions.query<SellerRow>(`${selectSellers} where s.id = any($1)`, [
      [...new Set(ids)],
    ]);
    return new Map(rows.map((row) => [row.id, viewOf(row)]));
  }

  async bySlug(slug: string): Promise<SellerView | null> {
    const [row] = await this.transactions.query<SellerRow>(`${selectSellers} where s.slug = $1`, [slug]);
    return row ? viewOf(row) : null;
  }

  /** The seller, for one of its people. Throws `seller_not_found`, or `not_your_shop` (forbidden). */
  async requireMember(actor: Actor, sellerId: string): Promise<SellerView> {
    const seller = await this.byId(sellerId);
    const [member] =
      actor.kind === 'user'
        ? await this.transactions.query(
            `select role from sellers.members where seller_id = $1 and user_id = $2`,
            [sellerId, actor.userId],
          )
        : [];
    if (!member)
      throw new DomainError('not_your_shop', 'forbidden', 'Only people of this shop may see its desk.');
    return seller;
  }

  async membershipsOf(userId: string): Promise<Membership[]> {
    return this.transactions.query<Membership>(
      `select s.id as "sellerId", s.name, s.slug, m.role
       from sellers.members m join sellers.sellers s on s.id = m.seller_id where m.user_id = $1 order by s.name`,
      [userId],
    );
  }

  /** The people of a shop, owners first: whom to write to. */
  async membersOf(sellerId: string): Promise<{ userId: string; role: 'owner' | 'staff' }[]> {
    return this.transactions.query(
      `select user_id as "userId", role from sellers.members where seller_id = $1 order by role, added_at`,
      [sellerId],
    );
  }

  /** In a transaction: the account to be paid, of a shop that stays open until it ends. Throws `seller_not_selling`. */
  async sellable(sellerId: string): Promise<Sellable> {
    await this.keepSelling(sellerId);
    const [row] = await this.transactions.write<Sellable>(
      `select s.name, a.stripe_account as "stripeAccount", s.country, s.currency
       from sellers.sellers s join sellers.connected_accounts a on a.seller_id = s.id and a.current where s.id = $1`,
      [sellerId],
    );
    return row!;
  }

  /** In a transaction: a lock that keeps the shop open until it ends; answers its name. Throws `seller_not_selling`. */
  async keepSelling(sellerId: string): Promise<string> {
    const [locked] = await this.transactions.write<{ name: string; can_sell: boolean }>(
      `select name, can_sell from sellers.sellers where id = $1 for share`,
      [sellerId],
    );
    if (!locked) throw DomainError.notFound('seller');
    if (locked.can_sell) return locked.name;
    throw new DomainError(
      'seller_not_selling',
      'conflict',
      `${locked.name} is not selling right now. Take its goods out of your cart, or come back later.`,
    );
  }

  async byStripeAccount(stripeAccount: string): Promise<{ sellerId: string } | null> {
    const [row] = await this.transactions.query<{ sellerId: string }>(
      `select seller_id as "sellerId" from sellers.connected_accounts where stripe_account = $1`,
      [stripeAccount],
    );
    return row ?? null;
  }

  /** The names of the shops that ever had these accounts. */
  async namesByStripeAccount(stripeAccounts: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.transactions.query<{ stripe_account: string; name: string }>(
      `select a.stripe_account, s.name from sellers.connected_accounts a join sellers.sellers s on s.id = a.seller_id
       where a.stripe_account = any($1)`,
      [stripeAccounts],
    );
    return new Map(rows.map((row) => [row.stripe_account, row.name]));
  }

  /** Every account any seller ever had, for the books; an ended one still has its history. */
  async stripeAccounts(): Promise<{ stripeAccount: string; sellerId: string; current: boolean }[]> {
    return this.transactions.query(
      `select stripe_account as "stripeAccount", seller_id as "sellerId", current
       from sellers.connected_accounts order by stripe_account`,
    );
  }

  /** The accounts one seller ever had, newest first. */
  async accountsOf(
    sellerId: string,
  ): Promise<{ stripeAccount: string; current: boolean; createdAt: Date; endedAt: Date | null }[]> {
    return this.transactions.query(
      `select stripe_account as "stripeAccount", current, created_at as "createdAt", ended_at as "endedAt"
       from sellers.connected_accounts where seller_id = $1 order by created_at desc`,
      [sellerId],
    );
  }

  /** Newest first. */
  async page(filter: SellerFilter): Promise<Page<SellerView>> {
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['text']);
    const place = keyset(['s.id'], cursor, 1);
    const parameters: (string | number)[] = [...place.parameters];
    const bind = (value: string) => `$${parameters.push(value)}`;
    const { byId, byWords } = sellerSearch(filter.search, bind);
    const ofStage = filter.stage && `s.stage = ${bind(filter.stage)}`;
    // Only conditions that are asked for are in the SQL, so that each list finds its index.
    const where = [ofStage, byId].filter(Boolean).join(' and ') || 'true';
    const table = 'sellers.sellers s';
    const ids = byWords
      ? searchPage(
          {
            table,
            where,
            match: hasWords('s.search', byWords),
            byIndex: `select * from ${table} where s.search @@ ${byWords}`,
          },
          place,
          limit + 1,
        )
      : `select s.id from ${table} where ${where} and ${place.where} order by ${place.orderBy} limit ${limit + 1}`;
    const rows = await this.transactions.query<SellerRow>(
      `${selectSellers} where s.id in (${ids}) order by ${place.orderBy}`,
      parameters,
    );
    return pageOf(rows.map(viewOf), limit, cursor, ({ id }) => [id]);
  }

  /** Everything the filter lets through, newest first, a page at a time: for exports of any length. */
  async *all(filter: Pick<SellerFilter, 'stage' | 'search'>): AsyncGenerator<SellerView> {
    let cursor: string | undefined;
    do {
      const page = await this.page({ ...filter, limit: 500, cursor });
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor);
  }

  /** How many sellers are in each stage; one without any is left out. */
  async countByStage(): Promise<Map<Stage, number>> {
    const rows = await this.transactions.query<{ stage: Stage; count: number }>(
      `select stage, sellers as count from sellers.stage_counts where sellers > 0`,
    );
    return new Map(rows.map(({ stage, count }) => [stage, count]));
  }

  /** Closes the shop until an admin opens it again, whatever Stripe says. Throws `seller_already_suspended`. */
  async suspend(actor: Actor, sellerId: string, reason: string): Promise<SellerView> {
    await this.transactions.run(async () => {
      const suspended = await this.lock(sellerId);
      if (suspended)
        throw new DomainError('seller_already_suspended', 'conflict', 'This seller is suspended already.');
      await this.transactions.write(
        `update sellers.sellers set suspended_at = now(), suspended_by = $2, suspended_reason = $3 where id = $1`,
        [sellerId, requireAdmin(actor), reason],
      );
      await this.audit.write({ actor, action: 'seller.suspended', subject: sellerId, reason });
      await this.timeline.add(sellerId, 'bad', 'Suspended', `The marketplace suspended the shop: ${reason}`);
      await this.standings.settle(sellerId);
    });
    return this.byId(sellerId);
  }

  /** Throws `seller_not_suspended`. */
  async unsuspend(actor: Actor, sellerId: string, reason: string): Promise<SellerView> {
    await this.transactions.run(async () => {
      const suspended = await this.lock(sellerId);
      requireAdmin(actor);
      if (!suspended)
        throw new DomainError('seller_not_suspended', 'conflict', 'This seller is not suspended.');
      await this.transactions.write(
        `update sellers.sellers set suspended_at = null, suspended_by = null, suspended_reason = null where id = $1`,
        [sellerId],
      );
      await this.audit.write({ actor, action: 'seller.unsuspended', subject: sellerId, reason });
      await this.timeline.add(sellerId, 'good', 'Suspension lifted', reason);
      await this.standings.settle(sellerId);
    });
    return this.byId(sellerId);
  }

  private async lock(sellerId: string): Promise<boolean> {
    const [row] = await this.transactions.write<{ suspended: boolean }>(
      `select suspended_at is not null as suspended from sellers.sellers where id = $1 for update`,
      [sellerId],
    );
    if (!row) throw DomainError.notFound('seller');
    return row.suspended;
  }
}

function requireAdmin(actor: Actor): string {
  if (actor.kind === 'user' && actor.isAdmin) return actor.userId;
  throw new DomainError('admins_only', 'forbidden', 'Only an admin may do this.');
}
