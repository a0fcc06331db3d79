import Stripe from 'stripe';
import { InvariantError } from '#kernel';
import { Transactions } from '#platform';
import { RateLimiter } from './rate-limiter.js';

type Client = InstanceType<typeof Stripe.HttpClient>;
type Arguments = Parameters<Client['makeRequest']>;

/** Every call to Stripe passes here: never inside a transaction, never faster than Stripe allows. */
export class GuardedHttpClient extends Stripe.HttpClient {
  /** Stripe's clock minus ours, in milliseconds, by the latest answer. */
  clockSkewMs = 0;
  private readonly limiter: RateLimiter;

  constructor(
    private readonly inner: Client,
    requestsPerSecond: number,
  ) {
    super();
    this.limiter = new RateLimiter(requestsPerSecond);
  }

  override getClientName(): string {
    return this.inner.getClientName();
  }

  override async makeRequest(...args: Arguments): ReturnType<Client['makeRequest']> {
    if (Transactions.isOpen) throw new InvariantError('Stripe must not be called inside a transaction');
    const [, , path, method] = args;
    await this.limiter.take(`${method} ${endpoint(path)}`);
    const response = await this.inner.makeRequest(...args);
    const date: unknown = response.getHeaders()['date'];
    const stripeTime = typeof date === 'string' ? Date.parse(date) : NaN;
    if (!Number.isNaN(stripeTime)) this.clockSkewMs = stripeTime - Date.now();
    return response;
  }
}

/** `/v1/checkout/sessions/cs_123?x=y` → `/v1/checkout/sessions/:id`: Stripe limits per endpoint, not per object. */
function endpoint(path: string): string {
  return path.replace(/\?.*$/, '').replace(/\/[a-z]+_\w+/g, '/:id');
}
