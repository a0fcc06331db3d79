import { Injectable } from '@nestjs/common';
import type { Actor } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';
import type { RefundStatus } from './refund.states.js';
import { type RefundRow, type RefundView, viewOf } from './refund.view.js';
import { requireAdmin } from './refunds.service.js';

export interface RefundFilter {
  readonly status?: RefundStatus | undefined;
  /** Only those made in Stripe's dashboard that nobody has said the order of. */
  readonly unattributed?: boolean | undefined;
  readonly sellerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Refunds of the whole marketplace, newest first, by keyset. */
@Injectable()
export class RefundLists {
  constructor(private readonly transactions: Transactions) {}

  async page(actor: Actor, filter: RefundFilter): Promise<Page<RefundView>> {
    requireAdmin(actor);
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, 2);
    const parameters: unknown[] = [limit + 1];
    const conditions: string[] = [];
    if (filter.status) conditions.push(`status = $${parameters.push(filter.status)}`);
    if (filter.sellerId) conditions.push(`seller_id = $${parameters.push(filter.sellerId)}`);
    if (filter.unattributed) conditions.push(`origin = 'outside' and attributed_at is null`);
    const set = keyset(['created_at', 'id'], cursor, parameters.length + 1);
    const rows = await this.transactions.query<RefundRow>(
      `select * from refunds.refunds where ${[...conditions, set.where].join(' and ')} order by ${set.orderBy} limit $1`,
      [...parameters, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.created_at.toISOString(), row.id]);
    return { ...page, items: page.items.map(viewOf) };
  }
}
