import { domainEvent } from '#platform';

/**
 * Stripe took money that its order can't keep: it was canceled and its goods are gone, or another charge had paid it.
 * Whoever makes refunds gives it all back.
 */
export class ChargeNeedsRefund extends domainEvent<{
  readonly orderId: string;
  readonly chargeId: string;
  readonly reason: 'paid_after_cancel' | 'paid_twice';
}>('payment.charge_needs_refund') {}
