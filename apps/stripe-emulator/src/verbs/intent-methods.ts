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
