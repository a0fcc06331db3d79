import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { Transactions } from '#platform';
import { type StripeRef, StripeSweeps } from '#stripe';
import type { AccountPicture, CapabilityStatus, OpenAccount, StoredRequirement } from './account-picture.js';
import { capabilityReason } from './requirement.rules.js';
import { SellerTimeline } from './seller-timeline.js';
import { lookAgainMs } from './selling.rules.js';
import { Standings } from './standings.js';

interface AccountRow {
  readonly stripe_account: string;
  readonly seller_id: string;
  readonly current: boolean;
  readonly transfers: CapabilityStatus;
  readonly payouts: CapabilityStatus;
  readonly requirements: readonly StoredRequirement[];
  readonly activated_at: Date | null;
  readonly end_reason: 'closed' | 'deauthorized' | null;
  readonly asked_at: Date;
  readonly created_at: Date;
}

/** The one door by which Stripe's word about an account comes in: answer, webhook, sweep and button alike. */
@Injectable()
export class ConnectedAccounts {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly timeline: SellerTimeline,
    private readonly standings: Standings,
    private readonly sweeps: StripeSweeps,
  ) {}

  /** Takes a picture in, inside the caller's transaction. Older than what is stored, or nobody's: nothing happens. */
  async record({ id, askedAt, state }: AccountPicture): Promise<void> {
    const sellerId = await this.sellerOf(id, state.kind === 'open' ? state.sellerId : null);
    if (!sellerId) return;
    // The seller's row is the lock for all of its accounts.
    await this.transactions.write(`select from sellers.sellers where id = $1 for update`, [sellerId]);
    const [row] = await this.transactions.write<AccountRow>(
      `select * from sellers.connected_accounts where stripe_account = $1`,
      [id],
    );
    if (row && (row.asked_at > askedAt || row.end_reason === 'closed')) return;
    if (state.kind !== 'open') {
      if (row) await this.end(row, state.kind, askedAt);
    } else if (row) {
      await this.update(row, state, askedAt);
    } else {
      await this.insert(id, sellerId, state, askedAt);
    }
    await this.standings.settle(sellerId);
  }

  /** Stripe would not make an account. */
  async refused(sellerId: string, message: string): Promise<void> {
    await this.timeline.add(
      sellerId,
      'bad',
      'Stripe said no',
      `Stripe would not open an account: ${message}`,
    );
  }

  /** Accounts whose picture is due for a new one, the longest overdue first. */
  async toLookAt(limit: number): Promise<StripeRef[]> {
    return this.transactions.query<StripeRef>(
      `select stripe_account as id, null as account from sellers.connected_accounts
       where current and look_again_at <= now() order by look_again_at limit $1`,
      [limit],
    );
  }

  private async sellerOf(id: string, named: string | null): Promise<string | null> {
    const [row] = await this.transactions.write<{ seller_id: string }>(
      `select seller_id from sellers.connected_accounts where stripe_account = $1
       union all select id from sellers.sellers where id = $2 limit 1`,
      [id, named],
    );
    return row?.seller_id ?? null;
  }

  private async insert(id: string, sellerId: string, state: OpenAccount, askedAt: Date): Promise<void> {
    await this.sweeps.watch(id);
    const active = state.transfers === 'active';
    const [made] = await this.transactions.write<{ current: boolean }>(
      `insert into sellers.connected_accounts
         (stripe_account, seller_id, current, country, transfers, transfers_reason, payouts, payouts_reason,
          requirements, activated_at, asked_at, look_again_at)
       values ($1, $2, not exists (select from sellers.connected_accounts where seller_id = $2 and current),
               $3, $4, $5, $6, $7, $8, case when $9 then now() end, $10, now() + interval '10 minutes')
       returning current`,
      [id, sellerId, ...columns(state), active, askedAt],
    );
    if (!made!.current) return;
    await this.timeline.add(
      sellerId,
      'neutral',
      'Connected',
      `Stripe opened the account ${id} for this shop.`,
    );
    if (active) await this.tell(sellerId, 'transfers', state.transfers, null);
  }

  private async update(row: AccountRow, state: OpenAccount, askedAt: Date): Promise<void> {
    const pause = lookAgainMs({
      settled: state.transfers === 'active' && state.payouts === 'active' && state.requirements.length === 0,
      changed: gist(row) !== gist(state),
      ageMs: this.clock.now().getTime() - row.created_at.getTime(),
    });
    // A platform that was let in again goes on with the account, unless the seller has connected another one since.
    await this.transactions.write(
      `update sellers.connected_accounts a set
         current = a.current or (a.end_reason is not null and not exists (
           select from sellers.connected_accounts o where o.seller_id = a.seller_id and o.current)),
         ended_at = null, end_reason = null,
         country = $2, transfers = $3, transfers_reason = $4, payouts = $5, payouts_reason = $6, requirements = $7,
         activated_at = coalesce(a.activated_at, case when $8 then now() end),
         asked_at = $9, look_again_at = now() + make_interval(secs => $10)
       where stripe_account = $1`,
      [row.stripe_account, ...columns(state), state.transfers === 'active', askedAt, pause / 1000],
    );
    if (row.end_reason !== null) await this.sweeps.watch(row.stripe_account);
    if (row.transfers !== state.transfers)
      await this.tell(row.seller_id, 'transfers', state.transfers, state.transfersReason);
    if (row.payouts !== state.payouts)
      await this.tell(row.seller_id, 'payouts', state.payouts, state.payoutsReason);
  }

  private async end(row: AccountRow, reason: 'closed' | 'deauthorized', askedAt: Date): Promise<void> {
    if (row.end_reason === reason) return;
    await this.transactions.write(
      `update sellers.connected_accounts set current = false, ended_at = now(), end_reason = $2, asked_at = $3,
         transfers = 'none', transfers_reason = null, payouts = 'none', payouts_reason = null, requirements = '[]'
       where stripe_account = $1`,
      [row.stripe_account, reason, askedAt],
    );
    const [word, sentence] =
      reason === 'closed'
        ? ['Account closed', `The Stripe account ${row.stripe_account} was closed.`]
        : ['Disconnected', `The Stripe account ${row.stripe_account} no longer lets this marketplace in.`];
    await this.timeline.add(row.seller_id, 'bad', word, sentence);
  }

  private async tell(
    sellerId: string,
    capability: 'transfers' | 'payouts',
    status: CapabilityStatus,
    reason: string | null,
  ): Promise<void> {
    const tone = status === 'active' ? 'good' : status === 'pending' ? 'waiting' : 'bad';
    const [good, bad] =
      capability === 'transfers'
        ? ['Can be paid', 'Can’t be paid']
        : ['Payouts possible', 'Payouts not possible'];
    const about = capability === 'transfers' ? 'receive money from sales' : 'send money to the bank';
    const sentence =
      status === 'active'
        ? `Stripe lets this shop ${about}.`
        : `Stripe does not let this shop ${about}. ${capabilityReason(reason) ?? ''}`.trim();
    await this.timeline.add(sellerId, tone, status === 'active' ? good : bad, sentence);
  }
}

/** What a change is measured by; jsonb keeps the order of keys to itself, so values are named one by one. */
function gist({
  transfers,
  payouts,
  requirements,
}: Pick<OpenAccount, 'transfers' | 'payouts' | 'requirements'>) {
  return [
    transfers,
    payouts,
    ...requirements.map((r) => `${r.description} ${r.urgency} ${r.deadline}`),
  ].join();
}

function columns(state: OpenAccount): unknown[] {
  return [
    state.country,
    state.transfers,
    state.transfersReason,
    state.payouts,
    state.payoutsReason,
    JSON.stringify(state.requirements),
  ];
}
