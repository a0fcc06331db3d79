import {
  any,
  bool,
  currency,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  required,
  str,
  upTo,
  type Param,
} from '../../http/params.js';
import { decimal, interval, MOST, taxBehavior } from './price-params.js';

/** Parts that several calls of billing take. */

export const moment = int(0, 9_999_999_999);
export const momentOrNow: Param = { type: 'or_word', word: 'now', min: 0, max: 9_999_999_999 };

export const discounts = emptyable(list(object({ coupon: str, discount: str, promotion_code: str }), 20));

export const taxRates = emptyable(list(str));

export const collection = oneOf('charge_automatically', 'send_invoice');

export const paymentSettings = object({
  default_mandate: emptyable(str),
  payment_method_options: any,
  payment_method_types: emptyable(list(str)),
  save_default_payment_method: oneOf('off', 'on_subscription'),
});

export const customFields = emptyable(
  list(object({ name: required(upTo(40)), value: required(upTo(140)) }), 4),
);

/** Taxes that Stripe works out are not emulated, so only `enabled: false` says what happens. */
export const automaticTax = object({ enabled: required({ type: 'enum', values: ['false'] }) });

export const priceData = object({
  currency: required(currency),
  product: required(str),
  tax_behavior: taxBehavior,
  unit_amount: int(-MOST, MOST),
  unit_amount_decimal: decimal,
});

export const recurringPriceData = object({
  currency: required(currency),
  product: required(str),
  recurring: required(object({ interval: required(interval), interval_count: int(1, 1095) })),
  tax_behavior: taxBehavior,
  unit_amount: int(0, MOST),
  unit_amount_decimal: decimal,
});

export const prorationBehavior = oneOf('always_invoice', 'create_prorations', 'none');

export const paymentBehavior = oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete');

export const transferPercent = object({
  amount_percent: { type: 'number' },
  destination: required(str),
});

export const invoiceSettings = object({ description: str, footer: str });

const trialEnd = object({
  billing_cycle_anchor: oneOf('now', 'unchanged'),
  missing_payment_method: oneOf('cancel', 'create_invoice', 'pause'),
});
export const trialSettings = object({ end_behavior: required(trialEnd) });

export const extraItems = list(
  object({
    discountable: bool,
    discounts,
    metadata,
    price: str,
    price_data: priceData,
    quantity: int(0),
    tax_rates: taxRates,
  }),
  20,
);

export const cancellation = object({
  comment: emptyable(str),
  feedback: emptyable(
    oneOf(
      'customer_service',
      'low_quality',
      'missing_features',
      'other',
      'switched_service',
      'too_complex',
      'too_expensive',
      'unused',
    ),
  ),
});
