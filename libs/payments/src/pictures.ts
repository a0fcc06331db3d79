import type { Money } from '#kernel';

/** What Stripe shows of a charge and of what it moved, in our own terms. */
export interface ChargePicture {
  readonly id: string;
  /** What the buyer paid. */
  readonly presentment: Money;
  /** What arrived in the platform's balance, before Stripe's fee; null until Stripe has booked it. */
  readonly settlement: Money | null;
  /** Stripe's rate from presentment to settlement currency, as it is written; null where nothing was converted. */
  readonly exchangeRate: string | null;
  readonly balanceTransaction: string | null;
  readonly transferId: string | null;
  /** Of the transfer, in its own currency: what the charge settled in, where Stripe converted it. */
  readonly transferred: Money | null;
  readonly destinationPaymentId: string | null;
  readonly applicationFeeId: string | null;
  /** Of the application fee, in its own currency: that of the seller's balance, where Stripe converted for the seller. */
  readonly fee: Money | null;
  /** Minor units of the presentment currency, of the fee's and of the transfer's. */
  readonly refunded: bigint;
  readonly feeRefunded: bigint;
  readonly reversed: bigint;
  readonly disputed: boolean;
  readonly chargedAt: Date;
}

/** A payment on the platform's account that no checkout session of ours led to. */
export interface StrayCharge {
  readonly strayId: string;
  readonly amount: Money;
}

export interface Decline {
  readonly code: string;
  readonly words: string;
}

/** What Stripe shows of a Checkout Session, with its payment as far as there is one. */
export interface SessionPicture {
  readonly id: string;
  /** Our row (`cks_…`) from the metadata; null for a session that is not ours. */
  readonly attemptId: string | null;
  readonly status: 'open' | 'complete' | 'expired';
  readonly paid: boolean;
  /** Of the payment intent; null before the first try to pay. */
  readonly intentStatus: string | null;
  readonly paymentIntentId: string | null;
  readonly url: string | null;
  readonly expiresAt: Date;
  readonly decline: Decline | null;
  /** Null until something is paid, and where the picture was not asked for it. */
  readonly charge: ChargePicture | null;
  /** When we began to ask: of two pictures the one that was asked for later counts. */
  readonly askedAt: Date;
}
