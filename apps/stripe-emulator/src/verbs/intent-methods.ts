import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { offeredTypes } from './method-types.js';
import type { MethodParams } from './payment-methods.js';

type Method = Stripe.PaymentMethod;

/** The ways in which a call names its payment method. */
export interface MethodGiven {
  payment_method?: string;
  payment_method_data?: object;
}

/** The method that a call gives, made if need be. */
export function newMethodOf(engine: Engine, account: string, given: MethodGiven): Method | null {
  if (given.payment_method_data)
    return engine.paymentMethods.create(account, given.payment_method_data as MethodParams);
  if (!given.payment_method) return null;
  if (/^tok_/.test(given.payment_method)) {
    throw invalid(
      `You provided a token (${given.payment_method}) where a PaymentMethod is expected: use payment_method_data[card][token].`,
      { param: 'payment_method' },
    );
  }
  return engine.paymentMethods.need(account, given.payment_method);
}

interface TypeParams {
  payment_method_types?: string[];
  allowed_payment_method_types?: string[];
  excluded_payment_method_types?: string[] | '';
}

/** The kinds of methods that an intent takes. @param currency null: whatever can be kept */
export function methodTypes(params: TypeParams, currency: string | null): string[] {
  if (params.payment_method_types) {
    for (const type of params.payment_method_types) checkKnown(type);
    return params.payment_method_types;
  }
  return offeredTypes(
    currency,
    params.allowed_payment_method_types,
    params.excluded_payment_method_types || [],
  );
}

/** What a payment takes: bank transfers, too, where it names them. */
export function intentTypes(params: TypeParams & { currency: string }): string[] {
  const types = methodTypes(params, params.currency);
  const named = params.allowed_payment_method_types?.includes('customer_balance') ?? false;
  return named && !types.includes('customer_balance') ? [...types, 'customer_balance'] : types;
}

const KNOWN = new Set(['card', 'us_bank_account', 'sepa_debit', 'bacs_debit', 'customer_balance']);

function checkKnown(type: string): void {
  if (KNOWN.has(type)) return;
  throw invalid(
    `The payment method type "${type}" is invalid. Please ensure the provided type is activated in your dashboard and your account is enabled for any preview features that you are trying to use.`,
    { param: 'payment_method_types' },
  );
}

export function checkMethodType(method: Method, types: string[], noun: string): void {
  if (types.includes(method.type)) return;
  throw invalid(
    `The PaymentMethod provided (${method.type}) is not allowed for this ${noun}. Please attach a compatible PaymentMethod to the ${noun} and try again. The payment method types allowed for this ${noun} are: ${types.join(', ')}.`,
    { param: 'payment_method' },
  );
}

/**
 * Methods of the dashboard can send the buyer away, so an intent that takes them is confirmed with the way back, whatever
 * it is paid with. A browser that runs Stripe's own script knows its way.
 */
export function checkWayBack(
  noun: 'Payment Intent' | 'Setup Intent',
  automatic: { enabled: boolean | null; allow_redirects?: string } | null,
  params: { return_url?: string; use_stripe_sdk?: boolean },
): void {
  if (!automatic?.enabled || automatic.allow_redirects === 'never') return;
  if (params.return_url || params.use_stripe_sdk) return;
  throw invalid(
    `A \`return_url\` must be specified because this ${noun} is configured to automatically accept the payment methods enabled in the Dashboard, some of which may require a full page redirect to succeed. If you do not want to accept redirect-based payment methods, set \`automatic_payment_methods[enabled]\` to \`true\` and \`automatic_payment_methods[allow_redirects]\` to \`never\` when creating Setup Intents and Payment Intents.`,
  );
}

/** Cards show the account's own descriptor; a payment can only add to it. */
export function checkDescriptor(types: string[], descriptor: string | undefined, param: string): void {
  if (!descriptor || !types.includes('card')) return;
  throw invalid(
    'The statement_descriptor parameter is not supported for the payment_method_type `card`. To continue supporting payment_method_type `card`, please pass in `statement_descriptor_suffix` or remove the `statement_descriptor` parameter altogether.',
    { param },
  );
}
