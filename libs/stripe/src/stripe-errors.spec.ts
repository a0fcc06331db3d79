import Stripe from 'stripe';
import { DomainError, InvariantError } from '#kernel';
import { inOurTerms } from './stripe-errors.js';

const { StripeAPIError, StripeConnectionError, StripeInvalidRequestError, StripeRateLimitError } =
  Stripe.errors;
const raw = (statusCode: number) => ({ message: 'No such charge', statusCode }) as never;

describe('what a failed call to Stripe means to the person who waits', () => {
  it.each([
    ['a broken connection', new StripeConnectionError(raw(0))],
    ['a failure of Stripe’s own', new StripeAPIError(raw(500))],
    ['too many calls', new StripeRateLimitError(raw(429))],
  ])('%s: try again', (_, error) => {
    expect(inOurTerms(error)).toMatchObject({ code: 'stripe_unavailable', kind: 'unavailable' });
  });

  it('a refusal that nobody caught is our mistake, not the one of who sent the request', () => {
    expect(inOurTerms(new StripeInvalidRequestError(raw(404)))).toBeInstanceOf(InvariantError);
  });

  it('anything else stays what it is', () => {
    const ours = new DomainError('cart_empty', 'conflict', 'There is nothing in your cart.');
    expect(inOurTerms(ours)).toBe(ours);
  });
});
