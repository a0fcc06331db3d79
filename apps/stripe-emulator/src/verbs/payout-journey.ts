import type Stripe from 'stripe';
import { DAY, HOUR, SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { FAILURE_MESSAGES, payoutFailure } from './test-banks.js';

/** A payout on its way to the bank: sent, arrived, and perhaps come back. */
export class PayoutJourney {
  constructor(private readonly engine: Engine) {
    engine.timers.on('payout.send', (account, id) => this.send(account!, id!));
    engine.timers.on('payout.arrive', (account, id) => this.arrive(account!, id!));
    engine.timers.on('payout.fail', (account, id, code) => this.fail(account!, id!, code!));
  }

  begin(account: string, { id, arrival_date }: Stripe.Payout): void {
    const { clock, timers } = this.engine;
    const arrival = arrival_date * SECOND;
    // One made late in the evening is on its way well before midnight, when it arrives.
    const sent = Math.min(clock.now() + HOUR, Math.floor((clock.now() + arrival) / 2));
    timers.set(sent, 'payout.send', [account, id], `send:${id}`);
    timers.set(arrival, 'payout.arrive', [account, id], `arrive:${id}`);
  }

  private send(account: string, id: string): void {
    const { engine } = this;
    const sent = engine.store.update('payout', account, id, { status: 'in_transit' });
    engine.events.emit(account, 'payout.updated', sent, { status: 'pending' });
  }

  private arrive(account: string, id: string): void {
    const { engine } = this;
    const before = engine.store.need('payout', account, id);
    const paid = engine.store.update('payout', account, id, {
      status: 'paid',
      trace_id: { status: 'supported', value: `TRACE${id.slice(-8)}` },
      reconciliation_status: before.automatic ? 'completed' : 'not_applicable',
    });
    engine.events.emit(account, 'payout.paid', paid);
    if (before.automatic) engine.events.emit(account, 'payout.reconciliation_completed', paid);
    const bank = engine.externalAccounts
      .all(engine.accounts.need(account))
      .find(({ id: known }) => known === idOf(paid.destination as string));
    const code = bank ? payoutFailure(bank) : null;
    // A bank sends money back days after Stripe took the payout for paid.
    if (code) engine.timers.set(engine.clock.now() + DAY, 'payout.fail', [account, id, code], `fail:${id}`);
  }

  /** The bank sent the money back, also after `paid`. */
  fail(account: string, id: string, code: string): void {
    const { engine } = this;
    const payout = engine.store.need('payout', account, id, 'payout');
    if (payout.status === 'failed' || payout.status === 'canceled') {
      throw invalid(`Payout ${id} is already ${payout.status}.`);
    }
    this.end(id);
    const failed = engine.store.update('payout', account, id, {
      status: 'failed',
      failure_code: code,
      failure_message: FAILURE_MESSAGES[code] ?? FAILURE_MESSAGES['could_not_process']!,
      failure_balance_transaction: engine.payouts.giveBack(account, payout, 'payout_failure'),
    });
    engine.events.emit(account, 'payout.failed', failed);
    engine.externalAccounts.disable(account, idOf(payout.destination as string) ?? undefined);
  }

  /** Nothing more is planned for it. */
  end(id: string): void {
    this.engine.timers.cancel(`send:${id}`);
    this.engine.timers.cancel(`arrive:${id}`);
    this.engine.timers.cancel(`fail:${id}`);
  }
}
