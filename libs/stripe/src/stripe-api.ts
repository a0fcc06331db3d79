import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { Config } from '#platform';
import { GuardedHttpClient } from './guarded-http-client.js';

/** Stripe's own SDK, set up once. The host is the only thing that can differ from Stripe itself. */
@Injectable()
export class StripeApi {
  readonly sdk: Stripe;
  private readonly http: GuardedHttpClient;

  constructor(config: Config) {
    this.http = new GuardedHttpClient(Stripe.createNodeHttpClient(), config.stripeRequestsPerSecond);
    this.sdk = createStripe(config, this.http);
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
