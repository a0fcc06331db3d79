import { debitFailure } from '../engine/cards.js';
import { DAY } from '../engine/clock.js';
import { debitFee } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import type { Buyer } from '../engine/kinds.js';
import { idOf } from '../engine/kinds.js';
import { debitDetails } from './debit-details.js';
import { newCharge } from './payment-objects.js';
import type { PaymentOutcome } from './payments.js';

/** Bank debits take so long to come through. */
const DEBIT_DELAY = 3 * DAY;

/** Paying a session by a delayed debit: complete at once, paid or not days later. */
export class BankDebits {
  constructor(private readonly engine: Engine) {
    engine.timers.on('debit.settle', (session, charge, number) => this.settle(session!, charge!, number!));
  }

  /** The account number decides how it ends. */
  pay(sessionId: string, accountNumber = '000123456789', buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const session = engine.payments.begin(sessionId, buyer);
    const type = session.payment_method_types.find((name) => name !== 'card');
    if (!type) throw invalid(`No bank debit is offered for ${session.currency}.`);
    const intent = engine.payments.intentFor(session);
    const charge = engine.store.insert('charge', engine.platform, {
      ...newCharge(intent, {
        id: engine.ids.next('py'),
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        descriptor: engine.accounts.descriptor(),
        method: { id: engine.ids.next('pm'), details: debitDetails(type, accountNumber) },
        buyer,
        status: 'pending',
      }),
    });
    const processing = engine.store.update('payment_intent', engine.platform, intent.id, {
      status: 'processing',
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      last_payment_error: null,
    });
    engine.events.emit(engine.platform, 'payment_intent.processing', processing);
    engine.events.emit(engine.platform, 'charge.pending', charge);
    const due = engine.clock.now() + DEBIT_DELAY;
    engine.timers.set(due, 'debit.settle', [sessionId, charge.id, accountNumber]);
    return { outcome: 'processing', session: engine.checkout.complete(sessionId, 'unpaid') };
  }

  private settle(sessionId: string, chargeId: string, accountNumber: string): void {
    const { engine } = this;
    const session = engine.checkout.need(sessionId);
    const intent = engine.payments.need(idOf(session.payment_intent)!);
    const failure = debitFailure(accountNumber);
    if (!failure) {
      const charge = engine.store.update('charge', engine.platform, chargeId, {
        status: 'succeeded',
        paid: true,
        captured: true,
        amount_captured: intent.amount,
      });
      engine.payments.succeed(intent, charge);
      engine.checkout.settleDelayed(sessionId, true);
      engine.payments.settle(charge, debitFee(charge.amount), engine.clock.seconds());
      return;
    }
    const failed = engine.store.update('charge', engine.platform, chargeId, {
      status: 'failed',
      failure_code: failure.code,
      failure_message: failure.message,
    });
    engine.events.emit(engine.platform, 'charge.failed', failed);
    engine.payments.refuse(session, intent, { type: 'invalid_request_error', ...failure }, chargeId);
    engine.checkout.settleDelayed(sessionId, false);
  }
}
