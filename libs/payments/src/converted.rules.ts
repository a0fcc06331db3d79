import type { Money } from '#kernel';

/**
 * Our own figure is what Stripe must have moved. Where it converted, the object has another currency, and only Stripe can
 * say how much of that it was; the books then check its rate.
 */
export function asMoved(frozen: Money, told: Money): Money {
  return told.currency === frozen.currency ? frozen : told;
}
