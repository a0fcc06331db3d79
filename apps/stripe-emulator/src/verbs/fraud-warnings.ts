import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';

/** What card networks report as fraud before anybody disputes it. https://docs.stripe.com/disputes/measuring */
export class FraudWarnings {
  constructor(private readonly engine: Engine) {}

  create(account: string, charge: Stripe.Charge): void {
    const { engine } = this;
    const warning = engine.store.insert('early_fraud_warning', account, {
      id: engine.ids.next('issfr'),
      object: 'radar.early_fraud_warning',
      actionable: true,
      charge: charge.id,
      created: engine.clock.seconds(),
      fraud_type: 'made_with_stolen_card',
      livemode: engine.livemode,
      ...(charge.payment_intent && { payment_intent: charge.payment_intent }),
    });
    engine.events.emit(account, 'radar.early_fraud_warning.created', warning);
  }

  /** Once a payment is refunded in full or disputed there is nothing left to do about it. */
  settle(account: string, charge: string): void {
    const { engine } = this;
    for (const warning of engine.store.by('early_fraud_warning', account, 'charge', charge)) {
      if (!warning.actionable) continue;
      const settled = engine.store.update('early_fraud_warning', account, warning.id, { actionable: false });
      engine.events.emit(account, 'radar.early_fraud_warning.updated', settled, { actionable: true });
    }
  }
}
