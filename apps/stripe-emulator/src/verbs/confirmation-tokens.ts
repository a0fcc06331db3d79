import type Stripe from 'stripe';
import { HOUR, SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { NO_ADDRESS } from './billing-details.js';
import { newMethodOf, type MethodGiven } from './intent-methods.js';

type Token = Stripe.ConfirmationToken;
export type TokenParams = NonNullable<Parameters<Stripe['testHelpers']['confirmationTokens']['create']>[0]>;
type Given = MethodGiven & { confirmation_token?: string };

const LIFE = 12 * HOUR;

/** What a buyer's browser collected for one confirmation: a method, where it is sent, the way back. */
export class ConfirmationTokens {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: TokenParams): Token {
    const { engine } = this;
    const method = newMethodOf(engine, account, params as MethodGiven);
    if (!method) {
      throw invalid('Missing required param: payment_method_data.', {
        code: 'parameter_missing',
        param: 'payment_method_data',
      });
    }
    const id = engine.ids.next('ctoken');
    const now = engine.clock.now();
    engine.store.insert('confirmation_method', account, { id, method: method.id });
    return engine.store.insert('confirmation_token', account, {
      id,
      object: 'confirmation_token',
      created: Math.floor(now / SECOND),
      expires_at: Math.floor((now + LIFE) / SECOND),
      livemode: engine.livemode,
      mandate_data: null,
      metadata: null,
      payment_intent: null,
      payment_method_options: null,
      payment_method_preview: previewOf(method),
      return_url: params.return_url ?? null,
      setup_future_usage: params.setup_future_usage ?? null,
      setup_intent: null,
      shipping: shippingOf(params.shipping),
      use_stripe_sdk: false,
    });
  }

  need(account: string, id: string): Token {
    return this.engine.store.need('confirmation_token', account, id, 'confirmation_token');
  }

  /** A confirmation with what its token says, where it does not say it itself. The token is used up. */
  spend<P extends Given>(
    account: string,
    params: P,
    intent: Partial<Pick<Token, 'payment_intent' | 'setup_intent'>>,
  ): P {
    if (!params.confirmation_token) return params;
    if (params.payment_method || params.payment_method_data) {
      throw invalid('You may only specify one of these parameters: confirmation_token, payment_method.', {
        code: 'parameters_exclusive',
        param: 'confirmation_token',
      });
    }
    const { store, clock } = this.engine;
    const token = this.need(account, params.confirmation_token);
    if (token.payment_intent || token.setup_intent)
      throw invalid(`The ConfirmationToken ${token.id} has already been used.`, {
        param: 'confirmation_token',
      });
    if (token.expires_at! <= clock.seconds())
      throw invalid(`The ConfirmationToken ${token.id} has expired.`, { param: 'confirmation_token' });
    store.update('confirmation_token', account, token.id, intent);
    const { return_url, setup_future_usage, shipping } = token;
    return {
      ...(return_url && { return_url }),
      ...(setup_future_usage && intent.payment_intent && { setup_future_usage }),
      ...(shipping && intent.payment_intent && { shipping }),
      ...params,
      payment_method: store.need('confirmation_method', account, token.id).method,
    };
  }
}

/** A method as it is shown before it is anybody's. */
function previewOf(method: Stripe.PaymentMethod): Token['payment_method_preview'] {
  const { id: _, object: __, created: ___, livemode: ____, metadata: _____, ...shown } = method;
  return shown as Token['payment_method_preview'];
}

function shippingOf(given: TokenParams['shipping']): Token['shipping'] {
  if (!given) return null;
  const { address, name, phone } = given;
  return { address: { ...NO_ADDRESS, ...(address as object) }, name, phone: phone || null };
}
