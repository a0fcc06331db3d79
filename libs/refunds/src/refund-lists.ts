import { Injectable } from '@nestjs/common';
import type { Actor } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';
import type { RefundStatus } from './refund.states.js';
import { type RefundRow, type RefundView, viewOf } from './refund.view.js';
import { requireAdmin } from './refunds.service.js';

/** failed: did not reach the buyer. outside: made in Stripe's dashboard, and nobody has said yet what for. */
export const refundQueues = ['failed', 'outside'] as const;
export type RefundQueue = (typeof refundQueues)[number];

const queues: Record<RefundQueue, string> = {
  failed: `status in ('failed', 'refused')`,
  outside: `origin = 'outside' and attributed_at is null`,
};

export interface RefundFilter {
  readonly status?: RefundStatus | undefined;
  readonly queue?: RefundQueue | undefined;
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
    const cursor = decodeCursor(filter.cursor, ['time', 'text']);
    const parameters: unknown[] = [limit + 1];
    const conditions: string[] = [];
    if (filter.status) conditions.push(`status = $${parameters.push(filter.status)}`);
    if (filter.sellerId) conditions.push(`seller_id = $${parameters.push(filter.sellerId)}`);
    if (filter.queue) conditions.push(queues[filter.queue]);
    const set = keyset(['created_at', 'id'], cursor, parameters.length + 1);
    const rows = await this.transactions.query<RefundRow>(
      `select * from refunds.refunds where ${[...conditions, set.where].join(' and ')} order by ${set.orderBy} limit $1`,
      [...parameters, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.created_at.toISOString(), row.id]);
    return { ...page, items: page.items.map(viewOf) };
  }
}
