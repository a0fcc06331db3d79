import Stripe from 'stripe';
import { DomainError, InvariantError } from '#kernel';

/** Stripe said no for good: the same request would be refused again. Nothing happened on Stripe's side. */
export class StripeRefusal extends Error {
  constructor(
    readonly type: string,
    readonly code: string,
    message: string,
    readonly param: string | null,
    readonly declineCode: string | null,
  ) {
    super(message);
    this.name = 'StripeRefusal';
  }
}

/** What an error from the SDK means for the attempt behind it. */
export function classify(error: unknown): 'refused' | 'unknown' | 'stored_failure' | 'ours' {
  if (!(error instanceof Stripe.errors.StripeError)) return 'ours';
  const status = error.statusCode ?? 0;
  if (error instanceof Stripe.errors.StripeConnectionError) return 'unknown';
  if (status >= 500) return 'stored_failure';
  // The key made something, by a request that has changed since: with an upgrade of the SDK or a restored database.
  if (error instanceof Stripe.errors.StripeIdempotencyError) return 'stored_failure';
  if (status === 409 || status === 429 || status === 0) return 'unknown';
  // A key that was rolled or is too narrow says nothing about the request: it is made again once the key is mended.
  if (status === 401 || (status === 403 && !isOutOfReach(error))) return 'unknown';
  return 'refused';
}

/** The account no longer lets us in, or was never ours (docs.stripe.com/error-codes#account-invalid). */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof Stripe.errors.StripePermissionError && error.code === 'account_invalid';
}

export function toRefusal(error: unknown): StripeRefusal {
  const e = error as InstanceType<typeof Stripe.errors.StripeError>;
  return new StripeRefusal(e.type, e.code ?? e.type, e.message, e.param ?? null, e.decline_code ?? null);
}

export function stripeUnavailable(): DomainError {
  return new DomainError(
    'stripe_unavailable',
    'unavailable',
    'Our payment provider did not answer in time. Nothing is lost: try again in a moment.',
  );
}

/**
 * What a failed call means to the person who waits for an answer: to try again where Stripe was not to be reached. A
 * refusal that nobody caught is a mistake of ours, and none in what that person sent.
 */
export function inOurTerms(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  if (classify(error) !== 'refused') return stripeUnavailable();
  return new InvariantError(`Stripe refused a call: ${error.message}`);
}

/** The object, or null where Stripe answers 404 `resource_missing`. */
export async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return null;
    throw error;
  }
}
