import { minimumCharge, words } from '../engine/currencies.js';
import { exclusive, invalid, lacking } from '../engine/errors.js';
import { MOST } from './amounts.js';
import { checkDescriptor } from './intent-methods.js';
import type { SessionParams as Params } from './session-object.js';

/** Parameters that are right alone and not together. */
export function checkTogether(params: Params, ofLink: boolean): void {
  const { transfer_data, application_fee_amount } = params.payment_intent_data ?? {};
  checkMode(params);
  // A payment link says by itself what comes after it.
  if (!ofLink) checkUrls(params);
  checkStatement(params);
  if (params.customer && params.customer_email) throw exclusive('customer', 'customer_email');
  if (params.discounts && params.allow_promotion_codes !== undefined)
    throw exclusive('allow_promotion_codes', 'discounts');
  if (params.allowed_payment_method_types && params.excluded_payment_method_types)
    throw exclusive('allowed_payment_method_types', 'excluded_payment_method_types');
  if (transfer_data?.amount !== undefined && application_fee_amount !== undefined) {
    throw exclusive(
      'payment_intent_data[application_fee_amount]',
      'payment_intent_data[transfer_data][amount]',
    );
  }
}

function checkStatement(params: Params): void {
  const { payment_method_types, allowed_payment_method_types, excluded_payment_method_types } = params;
  const types = payment_method_types ?? allowed_payment_method_types ?? ['card'];
  checkDescriptor(
    (types as string[]).filter((type) => !excluded_payment_method_types?.some((out) => out === type)),
    params.payment_intent_data?.statement_descriptor,
    'payment_intent_data[statement_descriptor]',
  );
}

/** What a mode needs, and what it has no use for. */
function checkMode(params: Params): void {
  const { mode = 'payment' } = params;
  if (mode !== 'setup' && !params.line_items) throw lacking('line_items');
  const needless = {
    payment: ['setup_intent_data', 'subscription_data'],
    setup: [
      'line_items',
      'payment_intent_data',
      'subscription_data',
      'discounts',
      'shipping_options',
      'submit_type',
    ],
    subscription: [
      'payment_intent_data',
      'setup_intent_data',
      'customer_creation',
      'submit_type',
      'shipping_options',
    ],
  } as Record<string, (keyof Params)[]>;
  const wrong = needless[mode]?.find((name) => params[name] !== undefined);
  if (wrong) throw invalid(`You can not pass \`${wrong}\` in \`${mode}\` mode.`, { param: wrong });
  if (
    mode === 'setup' &&
    !params.currency &&
    !params.payment_method_types &&
    !params.allowed_payment_method_types
  )
    throw lacking('currency');
}

/** Where the buyer goes depends on whose page shows the session. */
function checkUrls(params: Params): void {
  if ((params.ui_mode ?? 'hosted_page') === 'hosted_page') {
    if (params.return_url || params.redirect_on_completion)
      throw invalid('`return_url` and `redirect_on_completion` are not for `ui_mode: hosted_page`.', {
        param: 'return_url',
      });
    if (!params.success_url) throw lacking('success_url');
    return;
  }
  const own = params.success_url ? 'success_url' : params.cancel_url && 'cancel_url';
  if (own)
    throw invalid(`\`${own}\` is for \`ui_mode: hosted_page\` only. Use \`return_url\`.`, { param: own });
  if (!params.return_url && params.redirect_on_completion !== 'never') throw lacking('return_url');
}

/** @param ofPlatform whether the platform itself is paid, and not one of its accounts */
export function checkAmounts(params: Params, ofPlatform: boolean, total: number, currency: string): void {
  const least = minimumCharge(currency);
  // A trial begins with nothing to pay.
  if (total < least && !(params.mode === 'subscription' && total === 0)) {
    throw invalid(
      `The Checkout Session's total amount due must add up to at least ${words(least, currency)} ${currency}`,
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
  if (ofPlatform && !params.payment_intent_data?.transfer_data) {
    throw invalid(
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `payment_intent_data[transfer_data][destination]`).',
      {
        param: 'payment_intent_data[application_fee_amount]',
      },
    );
  }
  if (fee > total) {
    throw invalid(
      `Your application fee must not be more than the amount of the payment (${words(total, currency)}).`,
      {
        param: 'payment_intent_data[application_fee_amount]',
      },
    );
  }
}
