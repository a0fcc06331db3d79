import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import type { AttemptOptions } from './payments.js';

type Action = Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction;

/** 3-D Secure: where the buyer's bank asks whether it is them. */
export class Challenges {
  constructor(private readonly engine: Engine) {}

  /** What an intent asks for next: a page to send the buyer to, or one for Stripe.js to show. */
  action(intent: { id: string }, options: AttemptOptions): Action {
    const url = options.challengeUrl ?? `${this.engine.baseUrl}/c/authenticate/${intent.id}`;
    const { returnUrl } = options;
    if (returnUrl) return { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
    return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } };
  }
}
