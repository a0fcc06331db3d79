import { bool, int, list, object, oneOf, required, str, type Param } from '../../http/params.js';

/** Parts of a price that several calls take. */

export const MOST = 999_999_999_999;

/** A number with up to twelve decimals, kept as the text it came as. */
export const decimal: Param = { type: 'number' };

export const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified');

export const interval = oneOf('day', 'month', 'week', 'year');

export const customAmount = object({
  enabled: required(bool),
  maximum: int(0),
  minimum: int(0),
  preset: int(0),
});

export const recurring = object({
  interval: required(interval),
  interval_count: int(1, 1095),
  meter: str,
  trial_period_days: int(0, 730),
  usage_type: oneOf('licensed'),
});

export const tiers = list(
  object({
    flat_amount: int(0, MOST),
    flat_amount_decimal: decimal,
    unit_amount: int(0, MOST),
    unit_amount_decimal: decimal,
    up_to: required(str),
  }),
);

export const divided = object({
  divide_by: required(int(1)),
  round: required(oneOf('down', 'up')),
});
