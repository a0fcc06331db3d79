import type { SessionPicture } from './pictures.js';

/** What a picture of a session means for its order. */
export type Outcome = 'open' | 'processing' | 'failed' | 'expired' | 'paid';

export interface SessionStanding {
  readonly status: 'creating' | 'open' | 'complete' | 'expired' | 'refused';
  readonly payment_status: 'unpaid' | 'processing' | 'paid' | 'failed';
}

/**
 * A complete session that is unpaid waits for a delayed method, until its payment intent asks for another method or is
 * canceled: then the debit failed (docs.stripe.com/payments/checkout/fulfillment).
 */
export function outcomeOf(picture: Pick<SessionPicture, 'status' | 'paid' | 'intentStatus'>): Outcome {
  if (picture.status !== 'complete') return picture.status;
  if (picture.paid) return 'paid';
  const over = picture.intentStatus === 'requires_payment_method' || picture.intentStatus === 'canceled';
  return over ? 'failed' : 'processing';
}

export const standingAfter: Record<Outcome, SessionStanding> = {
  open: { status: 'open', payment_status: 'unpaid' },
  processing: { status: 'complete', payment_status: 'processing' },
  failed: { status: 'complete', payment_status: 'failed' },
  expired: { status: 'expired', payment_status: 'unpaid' },
  paid: { status: 'complete', payment_status: 'paid' },
};

/** A session only ever goes up this ladder; so a picture that stands lower than what we know is an older one. */
const ladder: Record<Outcome, number> = { open: 1, processing: 2, failed: 3, expired: 3, paid: 4 };

export function isOlder(outcome: Outcome, known: SessionStanding): boolean {
  return ladder[outcome] < height(known);
}

function height({ status, payment_status }: SessionStanding): number {
  if (status === 'creating') return 0;
  if (status === 'open') return ladder.open;
  if (status === 'expired' || status === 'refused') return ladder.expired;
  return ladder[payment_status === 'unpaid' ? 'processing' : payment_status];
}

/** What the buyer reads after a decline. Words that would help a thief are not among them. */
const words: Record<string, string> = {
  insufficient_funds: 'The card does not have enough money for this payment. Use another card.',
  expired_card: 'The card has expired. Use another card.',
  incorrect_cvc: 'The security code was not right. Check it and try again.',
  incorrect_number: 'The card number was not right. Check it and try again.',
  processing_error: 'The bank could not process the card just now. Try again in a moment.',
  authentication_required: 'The bank wants to see that it is you. Try again and confirm the payment.',
  payment_intent_authentication_failure:
    'The bank could not confirm that it is you. Try again, or use another card.',
  debit_not_authorized: 'The bank did not accept the debit. Use another way to pay.',
};

export function declineWords(code: string): string {
  return words[code] ?? 'The bank declined the card. Use another card, or ask the bank why.';
}
