import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';

type Acceptance = { accepted_at?: number; type?: string } | undefined;

/** The buyer's leave to debit their account. */
export class Mandates {
  constructor(private readonly engine: Engine) {}

  create(account: string, method: Stripe.PaymentMethod, acceptance?: Acceptance): Stripe.Mandate {
    const { engine } = this;
    const offline = acceptance?.type === 'offline';
    const id = engine.ids.next('mandate');
    const reference = id.slice(-16).toUpperCase();
    return engine.store.insert('mandate', account, {
      id,
      object: 'mandate',
      customer_acceptance: {
        accepted_at: acceptance?.accepted_at ?? engine.clock.seconds(),
        ...(offline ? { offline: {} } : { online: { ip_address: '127.0.0.1', user_agent: null } }),
        type: offline ? 'offline' : 'online',
      },
      livemode: engine.livemode,
      multi_use: {},
      payment_method: method.id,
      payment_method_details: detailsOf(method.type, reference, `${engine.baseUrl}/`),
      status: 'active',
      type: 'multi_use',
    });
  }
}

function detailsOf(type: string, reference: string, url: string): Stripe.Mandate.PaymentMethodDetails {
  if (type === 'sepa_debit') return { type, sepa_debit: { reference, url } };
  if (type === 'us_bank_account') return { type, us_bank_account: {} };
  if (type !== 'bacs_debit') return { type };
  const bacs = { display_name: null, network_status: 'accepted', revocation_reason: null } as const;
  return { type, bacs_debit: { ...bacs, reference, service_user_number: null, url } };
}
