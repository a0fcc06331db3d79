import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, actorLabel, DomainError, newId } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';

/**
 * paid_after_cancel: Stripe took money for a canceled order whose goods are gone. paid_twice: a second charge for one
 * order. amount_differs: charged otherwise than the order says. refused: Stripe would not open a session. no_order: a
 * charge that was not made by us, such as one from Stripe's dashboard.
 */
export type AttentionKind = 'paid_after_cancel' | 'paid_twice' | 'amount_differs' | 'refused' | 'no_order';

export interface AttentionView {
  readonly id: string;
  readonly kind: AttentionKind;
  /** Null where the money belongs to no order. */
  readonly orderId: string | null;
  readonly chargeId: string | null;
  /** A sentence with the figures. */
  readonly details: string;
  readonly createdAt: Date;
}

/** Payments that an admin must look at; each is noted once. */
@Injectable()
export class PaymentAttention {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** In a transaction. Answers false where this is noted already. */
  async note(
    kind: AttentionKind,
    orderId: string | null,
    chargeId: string | null,
    details: string,
  ): Promise<boolean> {
    const rows = await this.transactions.write(
      `insert into payments.attention (id, kind, order_id, charge_id, details) values ($1, $2, $3, $4, $5)
       on conflict (kind, order_id, charge_id) do nothing returning id`,
      [newId('atn'), kind, orderId, chargeId, details],
    );
    return rows.length > 0;
  }

  /** What is not resolved, newest first. */
  async open(filter: { cursor?: string | undefined; limit?: number } = {}): Promise<Page<AttentionView>> {
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['time', 'text']);
    const set = keyset(['created_at', 'id'], cursor, 2);
    const rows = await this.transactions.query<AttentionView>(
      `select id, kind, order_id as "orderId", charge_id as "chargeId", details, created_at as "createdAt"
       from payments.attention where resolved_at is null and ${set.where} order by ${set.orderBy} limit $1`,
      [limit + 1, ...set.parameters],
    );
    return pageOf(rows, limit, cursor, (row) => [row.createdAt.toISOString(), row.id]);
  }

  /** In a transaction: the charge's money went back, so that nothing about it is left to do. */
  async settle(actor: Actor, chargeId: string, resolution: string): Promise<void> {
    await this.transactions.write(
      `update payments.attention set resolved_at = now(), resolved_by = $2, resolution = $3
       where charge_id = $1 and resolved_at is null`,
      [chargeId, actorLabel(actor), resolution],
    );
  }

  /** Throws `attention_not_found` where it is resolved already. */
  async resolve(actor: Actor, id: string, resolution: string): Promise<void> {
    if (actor.kind === 'guest' || (actor.kind === 'user' && !actor.isAdmin))
      throw new DomainError('admin_only', 'forbidden', 'Only admins of the marketplace can close this.');
    const reason = resolution.slice(0, 500);
    await this.transactions.run(async () => {
      const [row] = await this.transactions.write(
        `update payments.attention set resolved_at = now(), resolved_by = $2, resolution = $3
         where id = $1 and resolved_at is null returning id`,
        [id, actorLabel(actor), reason],
      );
      if (!row) throw DomainError.notFound('attention');
      await this.audit.write({ actor, action: 'payment_attention.resolved', subject: id, reason });
    });
  }
}
