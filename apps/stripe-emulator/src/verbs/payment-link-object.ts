import type Stripe from 'stripe';
import { lacking } from '../engine/errors.js';

export type LinkCreateParams = Stripe.PaymentLinkCreateParams;

interface Frame {
  id: string;
  currency: string;
  recurring: boolean;
  livemode: boolean;
  url: string;
}

export function newPaymentLink(params: LinkCreateParams, frame: Frame): Stripe.PaymentLink {
  const { transfer_data: transfer, restrictions, recurring } = { ...params, ...frame };
  return {
    id: frame.id,
    object: 'payment_link',
    active: true,
    after_completion: afterCompletion(params.after_completion),
    allow_promotion_codes: params.allow_promotion_codes ?? false,
    application: null,
    application_fee_amount: params.application_fee_amount ?? null,
    application_fee_percent: params.application_fee_percent ?? null,
    automatic_tax: { enabled: false, liability: null },
    billing_address_collection: params.billing_address_collection ?? 'auto',
    consent_collection: null,
    currency: frame.currency,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: params.custom_text?.submit || null,
      terms_of_service_acceptance: null,
    },
    customer_creation: recurring ? 'always' : (params.customer_creation ?? 'if_required'),
    inactive_message: params.inactive_message ?? null,
    invoice_creation: null,
    livemode: frame.livemode,
    managed_payments: null,
    metadata: (params.metadata ?? {}) as Stripe.Metadata,
    on_behalf_of: params.on_behalf_of ?? null,
    payment_intent_data: params.payment_intent_data ? intentData(params.payment_intent_data) : null,
    payment_method_collection: params.payment_method_collection ?? (recurring ? 'always' : 'if_required'),
    payment_method_options: null,
    payment_method_types: null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    restrictions: restrictions
      ? { completed_sessions: { count: 0, limit: restrictions.completed_sessions.limit } }
      : null,
    shipping_address_collection: params.shipping_address_collection ?? null,
    shipping_options: [],
    submit_type: params.submit_type ?? 'auto',
    subscription_data: recurring ? subscriptionData(params.subscription_data) : null,
    tax_id_collection: { enabled: false, required: 'never' },
    transfer_data: transfer ? { amount: transfer.amount ?? null, destination: transfer.destination } : null,
    url: frame.url,
  };
}

function intentData(
  given: Stripe.PaymentLinkCreateParams.PaymentIntentData,
): Stripe.PaymentLink.PaymentIntentData {
  return {
    capture_method: given.capture_method ?? null,
    description: given.description ?? null,
    metadata: (given.metadata ?? {}) as Stripe.Metadata,
    setup_future_usage: given.setup_future_usage ?? null,
    statement_descriptor: given.statement_descriptor ?? null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    transfer_group: given.transfer_group ?? null,
  };
}

function subscriptionData(
  given: Stripe.PaymentLinkCreateParams.SubscriptionData | undefined,
): Stripe.PaymentLink.SubscriptionData {
  return {
    description: given?.description ?? null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    metadata: (given?.metadata ?? {}) as Stripe.Metadata,
    trial_period_days: given?.trial_period_days ?? null,
    trial_settings: null,
  };
}

export function afterCompletion(
  given: Stripe.PaymentLinkCreateParams.AfterCompletion | undefined,
): Stripe.PaymentLink.AfterCompletion {
  if (given?.type === 'redirect') {
    if (!given.redirect) throw lacking('after_completion[redirect][url]');
    return { type: 'redirect', redirect: { url: given.redirect.url } };
  }
  const custom_message = given?.hosted_confirmation?.custom_message ?? null;
  return { type: 'hosted_confirmation', hosted_confirmation: { custom_message } };
}
