import type Stripe from 'stripe';
import { DAY, SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { idOf } from '../engine/kinds.js';

type Refund = Stripe.Refund;
type Charge = Stripe.Charge;

/** Banks answer after so long. */
const BANK_DELAY = 2 * DAY;
/** Networks give a refund its number after so long. */
const REFERENCE_DELAY = 5 * SECOND;

/** What becomes of refunds after they were made. */
export class RefundOutcomes {
  constructor(private readonly engine: Engine) {
    engine.timers.on('refund.succeed', (id, account) => this.succeed(account ?? engine.platform, id!));
    engine.timers.on('refund.fail', (id, account) => this.fail(account ?? engine.platform, id!));
    engine.timers.on('refund.reference', (id, account) => this.refer(account!, id!));
  }

  /** What the test card behind a charge does to its refunds. */
  planOf(account: string, charge: Charge): 'pending' | 'fails' | undefined {
    const method = idOf(charge.payment_method);
    return method ? this.engine.paymentMethods.testCardOf(account, method)?.refund : undefined;
  }

  /** Its money has left the balance; what follows is up to banks and networks. */
  plan(account: string, charge: Charge, refund: Refund): void {
    const { clock, timers } = this.engine;
    const plan = this.planOf(account, charge);
    const args = [refund.id, account];
    if (refund.destination_details?.card) timers.set(clock.now() + REFERENCE_DELAY, 'refund.reference', args);
    if (plan)
      timers.set(clock.now() + BANK_DELAY, plan === 'pending' ? 'refund.succeed' : 'refund.fail', args);
    if (charge.payment_method_details?.type === 'customer_balance')
      this.engine.cashBalances.refunded(account, refund);
  }

  /** Refunds that waited for money: oldest first, as far as the balance goes. */
  retryWaiting(account: string): void {
    const { engine } = this;
    for (const refund of engine.store.by('refund', account, 'waiting', 'yes')) {
      if (engine.ledger.total(account, refund.currency) < refund.amount) return;
      const charge = engine.store.need('charge', account, idOf(refund.charge)!);
      const transaction = engine.refunds.pay(account, charge, refund.id, refund.amount);
      const { pending_reason: _, ...rest } = refund;
      const slow = this.planOf(account, charge) === 'pending';
      const paid = engine.store.insert('refund', account, {
        ...rest,
        ...(slow && { pending_reason: 'processing' }),
        status: slow ? 'pending' : 'succeeded',
        balance_transaction: transaction,
      });
      this.tell(account, paid, refund);
      this.plan(account, charge, paid);
    }
  }

  /** The two events of every change. */
  tell(account: string, after: Refund, before: Refund): void {
    const { events } = this.engine;
    events.emit(account, 'refund.updated', after, before);
    if (after.charge) events.emit(account, 'charge.refund.updated', after, before);
  }

  private succeed(account: string, id: string): void {
    const { engine } = this;
    const before = engine.store.need('refund', account, id);
    const { pending_reason: _, ...rest } = before;
    this.tell(account, engine.store.insert('refund', account, { ...rest, status: 'succeeded' }), before);
  }

  /** The buyer's bank sent it back: the money returns to the balance that it came from. */
  private fail(account: string, id: string): void {
    const { engine } = this;
    const refund = engine.store.need('refund', account, id);
    const { id: transaction } = engine.ledger.post(account, {
      type: 'refund_failure',
      amount: refund.amount,
      currency: refund.currency,
      source: id,
    });
    const after = engine.store.update('refund', account, id, {
      status: 'failed',
      failure_reason: 'unknown',
      failure_balance_transaction: transaction,
    });
    engine.refunds.mark(account, idOf(refund.charge)!, -refund.amount);
    this.tell(account, after, refund);
    engine.events.emit(account, 'refund.failed', after, refund);
  }

  /** The number by which the buyer's bank finds the refund. */
  private refer(account: string, id: string): void {
    const { engine } = this;
    const before = engine.store.need('refund', account, id);
    const card = { ...before.destination_details!.card!, reference: referenceOf(id) };
    const destination_details = { type: 'card', card: { ...card, reference_status: 'available' } };
    this.tell(account, engine.store.update('refund', account, id, { destination_details }), before);
  }
}

/** Twenty-three digits, as acquirers number them. */
function referenceOf(id: string): string {
  const number = [...id].reduce(
    (sum, letter) => (sum * 131n + BigInt(letter.charCodeAt(0))) % 10n ** 22n,
    7n,
  );
  return `7${String(number).padStart(22, '0')}`;
}
