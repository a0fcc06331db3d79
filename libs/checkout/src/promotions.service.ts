import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, actorLabel, Clock, DomainError, Money, newId } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';
import { Sellers } from '#sellers';
import { checkedPromotion, type NewPromotion, normalCode, type Promotion } from './promotion.rules.js';

export interface PromotionView extends Promotion {
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly maxRedemptions: number | null;
  readonly redemptions: number;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
}

interface Row {
  readonly id: string;
  readonly code: string;
  readonly funder: 'seller' | 'platform';
  readonly seller_id: string | null;
  readonly percent_bps: number | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly valid_from: Date;
  readonly valid_until: Date | null;
  readonly max_redemptions: number | null;
  readonly redemptions: number;
  readonly ended_at: Date | null;
  readonly created_at: Date;
}

const columns = `p.*, (select count(*)::int from checkout.redemptions r
  where r.promotion_id = p.id and r.released_at is null) as redemptions`;

/** Promotion codes: a seller's own, funded by the seller, and the platform's, funded from its fee. */
@Injectable()
export class Promotions {
  constructor(
    private readonly transactions: Transactions,
    private readonly sellers: Sellers,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** `sellerId` null: the platform's, by an admin. Throws `promotion_invalid` and `promotion_code_taken`. */
  async create(actor: Actor, sellerId: string | null, input: NewPromotion): Promise<PromotionView> {
    await this.requireOwner(actor, sellerId);
    const now = this.clock.now();
    const code = checkedPromotion(input, now);
    return this.transactions.run(async () => {
      const [row] = await this.transactions.write<Row>(
        `insert into checkout.promotion_codes
           (id, code, funder, seller_id, percent_bps, amount, currency, valid_from, valid_until, max_redemptions, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (code) do nothing
         returning *, 0 as redemptions`,
        [
          newId('prm'), code, sellerId ? 'seller' : 'platform', sellerId, input.percentBps,
          input.amount?.amount ?? null, input.amount?.currency ?? null, input.validFrom ?? now, input.validUntil,
          input.maxRedemptions, actorLabel(actor),
        ], // prettier-ignore
      );
      if (!row)
        throw DomainError.field('code', 'promotion_code_taken', 'This code is taken. Choose another one.');
      const { percentBps, amount, maxRedemptions } = input;
      await this.audit.write({
        actor,
        action: 'promotion.created',
        subject: row.id,
        after: { code, sellerId, percentBps, amount, maxRedemptions },
      });
      return view(row);
    });
  }

  /** Nobody can use it from now on; orders that did keep it. */
  async end(actor: Actor, sellerId: string | null, id: string): Promise<PromotionView> {
    await this.requireOwner(actor, sellerId);
    return this.transactions.run(async () => {
      const [before] = await this.transactions.write<{ ended_at: Date | null }>(
        `select ended_at from checkout.promotion_codes where id = $1 and seller_id is not distinct from $2 for update`,
        [id, sellerId],
      );
      if (!before) throw DomainError.notFound('promotion code');
      const [row] = await this.transactions.write<Row>(
        `update checkout.promotion_codes p set ended_at = coalesce(ended_at, $2) where id = $1 returning ${columns}`,
        [id, this.clock.now()],
      );
      if (!before.ended_at) await this.audit.write({ actor, action: 'promotion.ended', subject: id });
      return view(row!);
    });
  }

  async page(
    actor: Actor,
    sellerId: string | null,
    filter: { cursor?: string | undefined; limit?: number } = {},
  ): Promise<Page<PromotionView>> {
    await this.requireOwner(actor, sellerId);
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['time', 'text']);
    const set = keyset(['created_at', 'id'], cursor, 3);
    const rows = await this.transactions.query<Row>(
      `select ${columns} from checkout.promotion_codes p
       where ${sellerId ? 'seller_id = $1' : 'seller_id is null and $1::text is null'} and ${set.where}
       order by ${set.orderBy} limit $2`,
      [sellerId, limit + 1, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.created_at.toISOString(), row.id]);
    return { ...page, items: page.items.map(view) };
  }

  /** The code as it can be used now. Throws `promotion_not_valid` with the reason. */
  async usable(code: string): Promise<PromotionView> {
    const [row] = await this.transactions.query<Row>(
      `select ${columns} from checkout.promotion_codes p where code = $1`,
      [normalCode(code)],
    );
    if (!row) throw notValid('We do not know this promotion code. Check how it is written.');
    const now = this.clock.now();
    if (row.valid_from > now) throw notValid('This promotion code is not valid yet.');
    if (row.ended_at || (row.valid_until && row.valid_until <= now))
      throw notValid('This promotion code has ended.');
    if (row.max_redemptions !== null && row.redemptions >= row.max_redemptions)
      throw notValid('This promotion code has been used up.');
    return view(row);
  }

  /** In a transaction: counts one use. The row's lock lets nobody be the one too many. */
  async redeem(code: string, purchaseId: string): Promise<void> {
    await this.transactions.write(`select from checkout.promotion_codes where code = $1 for update`, [code]);
    const { id } = await this.usable(code);
    await this.transactions.write(
      `insert into checkout.redemptions (promotion_id, purchase_id) values ($1, $2)`,
      [id, purchaseId],
    );
  }

  /** The code that this purchase uses, if any. */
  async redeemedBy(purchaseId: string): Promise<string | null> {
    const [row] = await this.transactions.query<{ code: string }>(
      `select p.code from checkout.redemptions r join checkout.promotion_codes p on p.id = r.promotion_id
       where r.purchase_id = $1 and r.released_at is null`,
      [purchaseId],
    );
    return row?.code ?? null;
  }

  /** In a transaction: nothing of the purchase was bought after all. */
  async release(purchaseId: string): Promise<void> {
    await this.transactions.write(
      `update checkout.redemptions set released_at = coalesce(released_at, now()) where purchase_id = $1`,
      [purchaseId],
    );
  }

  private async requireOwner(actor: Actor, sellerId: string | null): Promise<void> {
    if (sellerId) await this.sellers.requireMember(actor, sellerId);
    else if (actor.kind !== 'user' || !actor.isAdmin)
      throw new DomainError('admin_only', 'forbidden', 'Only admins make codes for the whole marketplace.');
  }
}

function notValid(message: string): DomainError {
  return DomainError.field('promotionCode', 'promotion_not_valid', message);
}

function view(row: Row): PromotionView {
  return {
    id: row.id,
    code: row.code,
    funder: row.funder,
    sellerId: row.seller_id,
    percentBps: row.percent_bps,
    amount: row.amount === null ? null : Money.of(row.amount, row.currency!),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    maxRedemptions: row.max_redemptions,
    redemptions: row.redemptions,
    endedAt: row.ended_at,
    createdAt: row.created_at,
  };
}
