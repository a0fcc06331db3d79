import { Injectable } from '@nestjs/common';
import { Outbox, Transactions } from '#platform';
import type { CapabilityStatus, StoredRequirement } from './account-picture.js';
import { SellerSellingChanged } from './seller.events.js';
import { SellerTimeline } from './seller-timeline.js';
import { canSell, type Stage, stageOf, type Standing } from './selling.rules.js';

interface StandingRow {
  readonly stage: Stage;
  readonly can_sell: boolean;
  readonly suspended: boolean;
  readonly terms_accepted: boolean;
  readonly had_account: boolean;
  readonly stripe_account: string | null;
  readonly transfers: CapabilityStatus;
  readonly payouts: CapabilityStatus;
  readonly requirements: readonly StoredRequirement[];
  readonly ever_active: boolean;
}

/** Works out whether a seller may sell, keeps the answer on its row, and tells everybody when it has changed. */
@Injectable()
export class Standings {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly timeline: SellerTimeline,
  ) {}

  /** Call it last, in the transaction that changed something, with the seller's row locked. */
  async settle(sellerId: string): Promise<void> {
    const row = await this.read(sellerId);
    const standing = standingOf(row);
    const stage = stageOf(standing);
    const mayNow = canSell(standing);
    if (stage === row.stage && mayNow === row.can_sell) return;
    await this.transactions.write(`update sellers.sellers set can_sell = $2, stage = $3 where id = $1`, [
      sellerId,
      mayNow,
      stage,
    ]);
    if (mayNow === row.can_sell) return;
    await this.outbox.publish(new SellerSellingChanged({ sellerId, canSell: mayNow }));
    if (mayNow) await this.timeline.add(sellerId, 'good', 'Shop open', 'Buyers can see and buy its goods.');
    else
      await this.timeline.add(
        sellerId,
        'bad',
        'Shop closed',
        'Nothing can be bought here until this is settled.',
      );
  }

  private async read(sellerId: string): Promise<StandingRow> {
    const [row] = await this.transactions.write<StandingRow>(
      `select s.stage, s.can_sell, s.suspended_at is not null as suspended,
         exists (select from sellers.terms_acceptances t where t.seller_id = s.id) as terms_accepted,
         exists (select from sellers.connected_accounts c where c.seller_id = s.id) as had_account,
         a.stripe_account, a.transfers, a.payouts, a.requirements, a.activated_at is not null as ever_active
       from sellers.sellers s left join sellers.connected_accounts a on a.seller_id = s.id and a.current
       where s.id = $1`,
      [sellerId],
    );
    return row!;
  }
}

function standingOf(row: StandingRow): Standing {
  return {
    suspended: row.suspended,
    termsAccepted: row.terms_accepted,
    hadAccount: row.had_account,
    account: row.stripe_account
      ? {
          transfers: row.transfers,
          payouts: row.payouts,
          requirements: row.requirements,
          everActive: row.ever_active,
        }
      : null,
  };
}
