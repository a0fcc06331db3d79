import type Stripe from 'stripe';
import type { Ids } from '../engine/ids.js';
import { methodTypes } from './intent-methods.js';

/** `payment_method_types` is of earlier versions. */
export type SessionParams = Stripe.Checkout.SessionCreateParams & { payment_method_types?: string[] };
type Params = SessionParams;

/** Amounts of a session, minor units. */
export interface Totals {
  subtotal: number;
  discount: number;
  shipping: number;
}

interface Frame {
  id: string;
  created: number;
  expires_at: number;
  livemode: boolean;
  url: string | null;
  /** What the platform knows already, from the session or its customer. */
  email: string | null;
  /** The payment link that it comes from. */
  link: string | null;
  /** Of the client's, for sessions shown inside the platform's own page. */
  secret: string;
  /** Null in `setup` mode, as far as it matters. */
  currency: string | null;
  /** Null in `setup` mode. */
  totals: Totals | null;
  shippingOptions: Stripe.Checkout.Session.ShippingOption[];
}

/** A session that has just been made; payment and buyer details come later. */
export function newSession(params: Params, frame: Frame): Stripe.Checkout.Session {
  const { totals, shippingOptions } = frame;
  const first = shippingOptions[0];
  const hosted = (params.ui_mode ?? 'hosted_page') === 'hosted_page';
  const creation =
    params.mode === 'setup' || params.mode === 'payment' ? (params.customer_creation ?? 'if_required') : null;
  return {
    id: frame.id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: totals && totals.subtotal,
    amount_total: totals && totals.subtotal - totals.discount + totals.shipping,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: hosted ? null : `${frame.id}_secret_${frame.secret}`,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: frame.created,
    currency: frame.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: params.custom_text?.shipping_address || null,
      submit: params.custom_text?.submit || null,
      terms_of_service_acceptance: null,
    },
    customer: params.customer ?? null,
    customer_account: null,
    customer_creation: params.customer ? null : creation,
    customer_details: frame.email ? { ...NO_DETAILS, email: frame.email } : null,
    customer_email: params.customer_email ?? null,
    discounts: (params.discounts ?? []).map(({ coupon = null }) => ({ coupon, promotion_code: null })),
    expires_at: frame.expires_at,
    integration_identifier: params.integration_identifier ?? null,
    invoice: null,
    invoice_creation: null,
    livemode: frame.livemode,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: (params.metadata ?? {}) as Stripe.Metadata,
    mode: params.mode ?? 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: frame.link,
    payment_method_collection:
      params.payment_method_collection ?? (params.mode === 'subscription' ? 'always' : 'if_required'),
    payment_method_configuration_details: null,
    payment_method_options: {},
    // Renewals are charged while the buyer is away, so a subscription takes cards only here.
    payment_method_types: params.mode === 'subscription' ? ['card'] : methodTypes(params, frame.currency),
    payment_status: params.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    ...(!hosted && { redirect_on_completion: params.redirect_on_completion ?? 'always' }),
    ...(params.return_url !== undefined && { return_url: params.return_url }),
    saved_payment_method_options: savedOptions(params),
    setup_intent: null,
    shipping_address_collection: params.shipping_address_collection ?? null,
    shipping_cost: first ? shippingCost(first) : null,
    shipping_options: shippingOptions,
    status: 'open',
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: totals && {
      amount_discount: totals.discount,
      amount_shipping: totals.shipping,
      amount_tax: 0,
    },
    ui_mode: params.ui_mode ?? 'hosted_page',
    url: hosted ? frame.url : null,
    wallet_options: null,
  };
}

/** Which saved methods a returning customer is shown, and whether this one may be saved. */
function savedOptions(params: Params): Stripe.Checkout.Session['saved_payment_method_options'] {
  const given = params.saved_payment_method_options;
  if (!params.customer && !given) return null;
  return {
    allow_redisplay_filters: given?.allow_redisplay_filters ?? ['always'],
    payment_method_remove: given?.payment_method_remove ?? 'disabled',
    payment_method_save: given?.payment_method_save ?? null,
  };
}

export function shippingCost(
  option: Stripe.Checkout.Session.ShippingOption,
): Stripe.Checkout.Session.ShippingCost {
  const amount = option.shipping_amount;
  return {
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    shipping_rate: option.shipping_rate,
  };
}

export const NO_DETAILS: Stripe.Checkout.Session.CustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
};

export function adHocPrice(
  ids: Ids,
  data: Stripe.Checkout.SessionCreateParams.LineItem.PriceData,
  created: number,
  livemode: boolean,
): Stripe.Price {
  return {
    id: ids.next('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created,
    currency: data.currency,
    custom_unit_amount: null,
    livemode,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: data.product ?? ids.next('prod'),
    recurring: null,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: data.unit_amount ?? null,
    // The SDK turns this string into its own decimal type.
    unit_amount_decimal: String(data.unit_amount) as unknown as Stripe.Price['unit_amount_decimal'],
  };
}
