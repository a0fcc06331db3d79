import type Stripe from 'stripe';
import { debitFee } from '../engine/currencies.js';
import { debitAccount } from '../engine/debit-accounts.js';
import type { Engine } from '../engine/engine.js';
import { idOf } from '../engine/kinds.js';
import { chargeDetails } from './payment-method-objects.js';
import { newCharge } from './payment-objects.js';
import type { Attempt } from './payments.js';

type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;

/** Paying by a delayed debit: on its way at once, paid or not days later. */
export class BankDebits {
  constructor(private readonly engine: Engine) {
    engine.timers.on('debit.settle', (account, charge) => this.settle(account!, charge!));
  }

  /** The account number behind the method decides how it ends. */
  pay(account: string, intent: Intent, method: Method, mandate: string | null): Attempt {
    const { engine } = this;
    const { number } = engine.paymentMethods.instrument(account, method.id);
    const charge = engine.store.insert(
      'charge',
      account,
      newCharge(intent, {
        id: engine.ids.next('py'),
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        descriptor: engine.accounts.descriptor(),
        method: { id: method.id, details: chargeDetails(method, mandate) },
        billing: method.billing_details,
        status: 'pending',
      }),
    );
    engine.timers.set(engine.clock.now() + debitAccount(number)!.delay, 'debit.settle', [account, charge.id]);
    engine.events.emit(account, 'charge.pending', charge);
    const processing = engine.payments.become(account, intent.id, 'payment_intent.processing', {
      status: 'processing',
      latest_charge: charge.id,
      payment_method: method.id,
      last_payment_error: null,
      next_action: null,
    });
    return { intent: processing, error: null };
  }

  private settle(account: string, chargeId: string): void {
    const { engine } = this;
    const pending = engine.store.need('charge', account, chargeId);
    const intent = engine.payments.need(idOf(pending.payment_intent)!, account);
    const method = engine.paymentMethods.need(account, idOf(pending.payment_method)!);
    const { failure } = debitAccount(engine.paymentMethods.instrument(account, method.id).number)!;
    if (!failure) {
      const charge = engine.store.update('charge', account, chargeId, {
        status: 'succeeded',
        paid: true,
        captured: true,
        amount_captured: intent.amount,
      });
      engine.events.emit(account, 'charge.succeeded', charge);
      engine.payments.succeed(account, intent, charge);
      engine.payments.settle(account, charge, debitFee, engine.clock.seconds());
      return;
    }
    const failed = engine.store.update('charge', account, chargeId, {
      status: 'failed',
      failure_code: failure.code,
      failure_message: failure.message,
    });
    engine.events.emit(account, 'charge.failed', failed);
    const error = { type: 'invalid_request_error', ...failure, charge: chargeId } as const;
    engine.payments.refuse(account, intent, error, method);
  }
}
