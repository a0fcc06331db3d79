import type Stripe from 'stripe';
import type { StripeErrorBody } from '../engine/errors.js';

type Intent = Stripe.SetupIntent;

interface Frame {
  id: string;
  secret: string;
  created: number;
  livemode: boolean;
  types: string[];
  method: string | null;
}

export function newSetupIntent(params: Stripe.SetupIntentCreateParams, frame: Frame): Intent {
  const { automatic_payment_methods: automatic } = params;
  return {
    id: frame.id,
    object: 'setup_intent',
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    application: null,
    automatic_payment_methods: automatic
      ? { enabled: true, allow_redirects: automatic.allow_redirects ?? 'always' }
      : null,
    cancellation_reason: null,
    client_secret: `${frame.id}_secret_${frame.secret}`,
    created: frame.created,
    customer: params.customer ?? null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: params.excluded_payment_method_types ?? null,
    flow_directions: params.flow_directions ?? null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: frame.livemode,
    mandate: null,
    metadata: (params.metadata ?? {}) as Stripe.Metadata,
    next_action: null,
    on_behalf_of: params.on_behalf_of ?? null,
    payment_method: frame.method,
    payment_method_configuration_details: null,
    payment_method_options: optionsOf(params),
    payment_method_types: frame.types,
    single_use_mandate: null,
    status: frame.method ? 'requires_confirmation' : 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  };
}

/** What was asked of cards; other kinds have nothing to ask for. */
function optionsOf(params: Stripe.SetupIntentCreateParams): Intent['payment_method_options'] {
  const asked = params.payment_method_options?.card?.request_three_d_secure;
  if (!asked) return {};
  return { card: { mandate_options: null, network: null, request_three_d_secure: asked } };
}

export function newSetupAttempt(
  intent: Intent,
  method: Stripe.PaymentMethod,
  frame: { id: string; created: number; error: StripeErrorBody | null },
): Stripe.SetupAttempt {
  const { card } = method;
  return {
    id: frame.id,
    object: 'setup_attempt',
    application: null,
    created: frame.created,
    customer: intent.customer as string | null,
    customer_account: null,
    flow_directions: null,
    livemode: intent.livemode,
    on_behalf_of: intent.on_behalf_of as string | null,
    payment_method: method.id,
    payment_method_details: card
      ? {
          card: {
            brand: card.brand,
            checks: card.checks,
            country: card.country,
            exp_month: card.exp_month,
            exp_year: card.exp_year,
            fingerprint: card.fingerprint ?? null,
            funding: card.funding,
            last4: card.last4,
            network: card.brand,
            three_d_secure: null,
            wallet: null,
          },
          type: 'card',
        }
      : { type: method.type, [method.type]: {} },
    setup_error: frame.error as Stripe.SetupAttempt['setup_error'],
    setup_intent: intent.id,
    status: frame.error ? 'failed' : 'succeeded',
    usage: intent.usage,
  };
}
