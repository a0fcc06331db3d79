import type Stripe from 'stripe';
import { minimumCharge, words } from '../engine/currencies.js';
import { invalid } from '../engine/errors.js';

type Params = Stripe.Checkout.SessionCreateParams;

/** Eight digits, whatever the currency. */
const MOST = 99_999_999;

/** Parameters that are right alone and not together. */
export function checkTogether(params: Params): void {
  const { transfer_data, application_fee_amount } = params.payment_intent_data ?? {};
  if (params.customer && params.customer_email) throw onlyOne('customer', 'customer_email');
  if (params.discounts && params.allow_promotion_codes !== undefined)
    throw onlyOne('allow_promotion_codes', 'discounts');
  if (params.allowed_payment_method_types && params.excluded_payment_method_types)
    throw onlyOne('allowed_payment_method_types', 'excluded_payment_method_types');
  if (transfer_data?.amount !== undefined && application_fee_amount !== undefined) {
    throw onlyOne(
      'payment_intent_data[application_fee_amount]',
      'payment_intent_data[transfer_data][amount]',
    );
  }
}

function onlyOne(one: string, other: string) {
  return invalid(`You may only specify one of these parameters: ${one}, ${other}.`, { param: other });
}

export function checkAmounts(params: Params, total: number, currency: string): void {
  const least = minimumCharge(currency);
  if (total < least) {
    throw invalid(
      `The Checkout Session's total amount due must add up to at least ${words(least, currency)}`,
      {
        code: 'amount_too_small',
      },
    );
  }
  if (total > MOST) {
    throw invalid(`The Checkout Session's total amount must be no more than ${words(MOST, currency)}`, {
      code: 'amount_too_large',
    });
  }
  const fee = params.payment_intent_data?.application_fee_amount;
  if (fee === undefined) return;
  if (!params.payment_intent_data?.transfer_data) {
    throw invalid(
      'Can only apply an application_fee_amount when the payment has a transfer_data[destination].',
      {
        param: 'payment_intent_data[application_fee_amount]',
      },
    );
  }
  if (fee > total) {
    throw invalid(
      `Your application fee must not be more than the amount of the payment (${words(total, currency)}).`,
      {
        code: 'application_fees_amount_too_large',
        param: 'payment_intent_data[application_fee_amount]',
      },
    );
  }
}
