import { Injectable } from '@nestjs/common';
import { Clock, Money } from '#kernel';
import { Books, BooksView, type Prediction } from '#books';
import { Log, Outbox, Transactions } from '#platform';
import { Sellers } from '#sellers';
import { StripeApi } from '#stripe';
import { isNewer, type PayoutStatus, toPayoutStatus } from './payout.states.js';
import { PayoutFailed } from './payouts.events.js';
import type { PayoutPicture } from './payouts.stripe.js';

/** Takes in what Stripe says about a payout: its state, its money, and what it consists of. Twice or late: the same. */
@Injectable()
export class RecordPayout {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: Books,
    private readonly booksView: BooksView,
    private readonly sellers: Sellers,
    private readonly outbox: Outbox,
    private readonly stripe: StripeApi,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(picture: PayoutPicture, account: string | null): Promise<void> {
    const { payout } = picture;
    const seen = toPayoutStatus(payout.status);
    if (!seen)
      return this.log.warn('Stripe names a payout status that we do not know', { payout: payout.id });
    const sellerId = account ? ((await this.sellers.byStripeAccount(account))?.sellerId ?? null) : null;
    await this.transactions.run(async () => {
      const known = await this.known(picture, account, sellerId, seen);
      if (known !== null && !isNewer(known, seen)) return;
      await this.update(picture, seen);
      await this.note(picture, known, seen, sellerId);
      await this.books.expect(...predictionsOf(picture, account, sellerId));
      await this.compose(picture, account);
    });
  }

  /** The state we knew, the row held until the commit; null where this is the first time. */
  private async known(
    { payout }: PayoutPicture,
    account: string | null,
    sellerId: string | null,
    seen: PayoutStatus,
  ): Promise<PayoutStatus | null> {
    const [inserted] = await this.transactions.write(
      `insert into payouts.payouts (id, stripe_account, seller_id, currency, amount, status, automatic, method, arrival_on, created)
       values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9) at time zone 'UTC', to_timestamp($10))
       on conflict (id) do nothing returning id`,
      [
        payout.id,
        account ?? 'platform',
        sellerId,
        payout.currency,
        BigInt(payout.amount),
        seen,
        payout.automatic,
        payout.method,
        payout.arrival_date,
        payout.created,
      ],
    );
    if (inserted) return null;
    const [row] = await this.transactions.write<{ status: PayoutStatus }>(
      `select status from payouts.payouts where id = $1 for update`,
      [payout.id],
    );
    return row!.status;
  }

  private async update({ payout, bank }: PayoutPicture, seen: PayoutStatus): Promise<void> {
    const trace = payout.trace_id?.status === 'supported' ? payout.trace_id.value : null;
    await this.transactions.write(
      `update payouts.payouts set status = $2, arrival_on = to_timestamp($3) at time zone 'UTC',
         failure_code = $4, trace_id = coalesce($5, trace_id), bank_name = coalesce(bank_name, $6),
         bank_last4 = coalesce(bank_last4, $7), recorded_at = now()
       where id = $1`,
      [
        payout.id,
        seen,
        payout.arrival_date,
        payout.failure_code,
        trace,
        bank?.name ?? null,
        bank?.last4 ?? null,
      ],
    );
  }

  private async note(
    { payout, cameBackAt }: PayoutPicture,
    known: PayoutStatus | null,
    seen: PayoutStatus,
    sellerId: string | null,
  ): Promise<void> {
    // Stripe dates only the beginning and the return; for what lies between, the moment we heard of it.
    const happenedAt =
      seen === 'pending' ? new Date(payout.created * 1000) : (cameBackAt ?? this.stripe.now());
    await this.transactions.write(
      `insert into payouts.happenings (payout_id, status, noted_at) values ($1, $2, $3) on conflict do nothing`,
      [payout.id, seen, happenedAt],
    );
    if (known !== seen && seen === 'failed')
      await this.outbox.publish(new PayoutFailed({ payoutId: payout.id, sellerId }));
  }

  private async compose({ payout, lines }: PayoutPicture, account: string | null): Promise<void> {
    if (!lines) return;
    await this.booksView.assignPayout(account ?? 'platform', payout.id, lines);
    await this.transactions.write(
      `update payouts.payouts set composed_at = $2 where id = $1 and composed_at is null`,
      [payout.id, this.clock.now()],
    );
  }
}

function predictionsOf(
  { payout, cameBackAt }: PayoutPicture,
  account: string | null,
  sellerId: string | null,
): Prediction[] {
  const amount = Money.of(BigInt(payout.amount), payout.currency);
  const about = { payoutId: payout.id, account, amount, orderId: null, sellerId };
  const left: Prediction = { ...about, kind: 'payout', occurredAt: new Date(payout.created * 1000) };
  return cameBackAt ? [left, { ...about, kind: 'payout_failure', occurredAt: cameBackAt }] : [left];
}
