import type Stripe from 'stripe';
import { intentTypes } from './intent-methods.js';
import { mergeMetadata } from './metadata.js';
import { shippingOf } from './payment-objects.js';

type Intent = Stripe.PaymentIntent;
type UpdateParams = Stripe.PaymentIntentUpdateParams & { payment_method_types?: string[] };
type ConfirmParams = Stripe.PaymentIntentConfirmParams;
type Changes = UpdateParams & ConfirmParams;

/** What an update or a confirmation changes of an intent, beside its amount, customer and method. */
export function changesOf(before: Intent, params: Changes): Partial<Intent> {
  const { capture_method, receipt_email, setup_future_usage, transfer_data, application_fee_amount } = params;
  const words = [
    'description',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_group',
  ] as const;
  return {
    ...Object.fromEntries(
      words.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]),
    ),
    ...typesOf(before, params),
    ...(capture_method && { capture_method }),
    ...(receipt_email !== undefined && { receipt_email: receipt_email || null }),
    ...(setup_future_usage !== undefined && { setup_future_usage: setup_future_usage || null }),
    ...(params.shipping !== undefined && { shipping: shippingOf(params.shipping) }),
    ...(application_fee_amount !== undefined && { application_fee_amount: application_fee_amount || null }),
    ...(transfer_data && {
      transfer_data: { ...before.transfer_data, ...transfer_data } as Intent['transfer_data'],
    }),
    ...(params.payment_method_options && {
      payment_method_options: optionsOf(before.payment_method_types, params.payment_method_options),
    }),
    metadata: mergeMetadata(before.metadata, params.metadata),
  };
}

/** The methods that it takes from now on: those named, or what the dashboard offers for its currency. */
function typesOf(before: Intent, params: Changes): Partial<Intent> {
  const { payment_method_types: named, currency = before.currency } = params;
  if (named) return { payment_method_types: named };
  const allowed = params.allowed_payment_method_types ?? before.allowed_payment_method_types;
  const excluded = params.excluded_payment_method_types ?? before.excluded_payment_method_types;
  const kept = {
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: excluded || null,
  };
  if (!before.automatic_payment_methods) return kept;
  const types = intentTypes({
    currency,
    ...(allowed && { allowed_payment_method_types: allowed }),
    excluded_payment_method_types: excluded || [],
  });
  return { ...kept, payment_method_types: types };
}

export function optionsOf(types: string[], given: Intent['payment_method_options'] | object | undefined) {
  const card = {
    installments: null,
    mandate_options: null,
    network: null,
    request_three_d_secure: 'automatic' as const,
  };
  const { card: forCard, ...others } = (given ?? {}) as Record<string, object>;
  const rest = Object.entries(others).filter(([type]) => types.includes(type));
  return {
    ...(types.includes('card') && { card: { ...card, ...forCard } }),
    ...Object.fromEntries(rest),
    ...(types.includes('customer_balance') &&
      others['customer_balance'] && {
        customer_balance: transferOptions(others['customer_balance']),
      }),
  } as Intent['payment_method_options'];
}

/** Whether the money is only held at first: of a card alone, or whatever is paid with. */
export const capturesLater = (intent: Intent): boolean =>
  intent.capture_method === 'manual' || intent.payment_method_options?.card?.capture_method === 'manual';

/** Whether the method is kept for later payments: each kind of method can have a rule of its own. */
export function futureUsageOf(intent: Intent, type: string): 'off_session' | 'on_session' | null {
  const own = (intent.payment_method_options as Record<string, { setup_future_usage?: string }> | null)?.[
    type
  ];
  const usage = own?.setup_future_usage ?? intent.setup_future_usage;
  return usage === 'off_session' || usage === 'on_session' ? usage : null;
}

/** Bank transfers were named after accounts once (`jp_bank_account`), and that name is still taken. */
function transferOptions(given: { bank_transfer?: { type?: string } }) {
  const { bank_transfer: transfer } = given;
  if (!transfer?.type) return given;
  return {
    ...given,
    bank_transfer: { ...transfer, type: transfer.type.replace('_bank_account', '_bank_transfer') },
  };
}
