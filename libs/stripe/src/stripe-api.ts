import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { InvariantError } from '#kernel';
import { Config, Transactions } from '#platform';
import { GuardedHttpClient } from './guarded-http-client.js';

/** Stripe's own SDK, set up once. The host is the only thing that can differ from Stripe itself. */
@Injectable()
export class StripeApi {
  private readonly client: Stripe;
  private readonly http: GuardedHttpClient;

  constructor(config: Config) {
    this.http = new GuardedHttpClient(Stripe.createNodeHttpClient(), config.stripeRequestsPerSecond);
    this.client = createStripe(config, this.http);
  }

  /** Refuses inside a transaction, here and at once: the SDK would take a refusal of its HTTP client for a bad network. */
  get sdk(): Stripe {
    if (Transactions.isOpen) throw new InvariantError('Stripe must not be called inside a transaction');
    return this.client;
  }

  /** Stripe's time: what `expires_at` is compared with. Follows the Date header, so our own clock may be wrong. */
  now(): Date {
    return new Date(Date.now() + this.http.clockSkewMs);
  }
}

function createStripe(config: Config, httpClient: GuardedHttpClient): Stripe {
  const base = config.stripeApiBase;
  return new Stripe(config.stripeKey, {
    httpClient,
    maxNetworkRetries: 2,
    timeout: 30_000,
    telemetry: false,
    appInfo: { name: 'Guildhall', url: 'https://github.com/guildhall/guildhall' },
    ...(base && {
      host: base.hostname,
      port: base.port || (base.protocol === 'https:' ? 443 : 80),
      protocol: base.protocol === 'https:' ? 'https' : 'http',
    }),
  });
}
