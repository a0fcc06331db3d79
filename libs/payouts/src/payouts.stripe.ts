import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { BooksView, type MirrorRow, requestOptions, toRow } from '#books';
import { Transactions } from '#platform';
import { orNull, StripeApi, StripeObject, type StripeObjectOwner, type StripeRef } from '#stripe';
import { RecordPayout } from './record-payout.js';

/** A payout with what belongs to it, fetched together. */
export interface PayoutPicture {
  readonly payout: Stripe.Payout;
  readonly bank: { readonly name: string | null; readonly last4: string | null } | null;
  /** When the money came back; null unless it did. */
  readonly cameBackAt: Date | null;
  /** All that it paid out; null while Stripe still puts that list together, and for payouts made by hand. */
  readonly lines: MirrorRow[] | null;
}

/** Banks send money back within five business days; weekends and holidays make it ten days that we watch a paid payout. */
const WATCHED_AFTER_PAID = '10 days';

/** Balance transactions by which a payout shows. */
const MOVES = ['payout', 'payout_failure', 'payout_cancel'];

const events = [
  'payout.created',
  'payout.updated',
  'payout.paid',
  'payout.failed',
  'payout.canceled',
  'payout.reconciliation_completed',
];

@StripeObject({ object: 'payout', events: { payments: events, accounts: events } })
@Injectable()
export class StripePayouts implements StripeObjectOwner<PayoutPicture> {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly recordPayout: RecordPayout,
    private readonly booksView: BooksView,
  ) {}

  async fetch({ id, account }: StripeRef): Promise<PayoutPicture | null> {
    const options = account ? { stripeAccount: account } : {};
    const payout = await orNull(
      this.stripe.sdk.payouts.retrieve(id, { expand: ['failure_balance_transaction'] }, options),
    );
    if (!payout) return null;
    const cameBack = payout.failure_balance_transaction;
    return {
      payout,
      bank: await this.bankOf(payout, account),
      cameBackAt: cameBack && typeof cameBack === 'object' ? new Date(cameBack.created * 1000) : null,
      lines: await this.linesOf(payout, account),
    };
  }

  record(picture: PayoutPicture, { account }: StripeRef): Promise<void> {
    return this.recordPayout.run(picture, account);
  }

  /**
   * Not final yet, or known from the balance alone: then the events about it were lost. Those that were looked at longest
   * ago come first, so that everyone's turn comes however many are watched.
   */
  async pending(limit: number): Promise<StripeRef[]> {
    const missed = await this.booksView.unexpected(MOVES, limit);
    const known = await this.transactions.query<StripeRef>(
      `select id, nullif(stripe_account, 'platform') as account from payouts.payouts
       where status in ('pending', 'in_transit') or (status = 'paid' and automatic and composed_at is null)
          or (status = 'paid' and arrival_on > (now() - interval '${WATCHED_AFTER_PAID}')::date)
       order by recorded_at limit $1`,
      [limit - missed.length],
    );
    const ours = (stripeAccount: string) => (stripeAccount === 'platform' ? null : stripeAccount);
    return [
      ...missed.map(({ stripeAccount, sourceId }) => ({ id: sourceId, account: ours(stripeAccount) })),
      ...known,
    ];
  }

  /** Name and last digits as they were when the payout was first seen: the bank account may be replaced later. */
  private async bankOf(payout: Stripe.Payout, account: string | null): Promise<PayoutPicture['bank']> {
    const [known] = await this.transactions.query<{ name: string | null; last4: string | null }>(
      `select bank_name as name, bank_last4 as last4 from payouts.payouts where id = $1 and bank_last4 is not null`,
      [payout.id],
    );
    if (known) return known;
    const id = typeof payout.destination === 'string' ? payout.destination : payout.destination?.id;
    const owner = account
      ? await orNull(this.stripe.sdk.accounts.retrieve(account))
      : await this.stripe.sdk.accounts.retrieveCurrent();
    const bank = owner?.external_accounts?.data.find((one) => one.id === id);
    if (!bank) return null;
    return { name: bank.object === 'bank_account' ? bank.bank_name : bank.brand, last4: bank.last4 };
  }

  private async linesOf(payout: Stripe.Payout, account: string | null): Promise<MirrorRow[] | null> {
    if (!payout.automatic || payout.reconciliation_status !== 'completed') return null;
    const lines: MirrorRow[] = [];
    const list = this.stripe.sdk.balanceTransactions.list(
      { payout: payout.id, limit: 100 },
      requestOptions(account ?? 'platform'),
    );
    for await (const transaction of list) lines.push(toRow(transaction));
    return lines.reverse();
  }
}
