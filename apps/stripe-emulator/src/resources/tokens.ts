import type Stripe from 'stripe';
import { invalid, missing } from '../engine/errors.js';
import { object, oneOf, required, str } from '../http/params.js';
import { route } from '../http/route.js';

export const tokens = [
  route<Stripe.TokenCreateParams, Stripe.Token>(
    'POST',
    '/v1/tokens',
    {
      bank_account: object({
        account_holder_name: str,
        account_holder_type: oneOf('company', 'individual'),
        account_number: required(str),
        country: required(str),
        currency: str,
        routing_number: str,
      }),
      card: object({
        address_city: str,
        address_country: str,
        address_line1: str,
        address_line2: str,
        address_state: str,
        address_zip: str,
        currency: str,
        cvc: str,
        exp_month: required(str),
        exp_year: required(str),
        name: str,
        number: required(str),
      }),
    },
    ({ engine, account }, { card, bank_account }) => {
      if (typeof card === 'object') return engine.sources.createToken(account, card);
      if (typeof bank_account === 'object') return engine.sources.createBankToken(account, bank_account);
      throw invalid('You must supply either a card, bank account, or account to create a token.', {
        code: 'parameter_missing',
        param: 'card',
      });
    },
    { publishable: true },
  ),
  route<Stripe.TokenRetrieveParams, Stripe.Token>('GET', '/v1/tokens/:id', {}, ({ engine, account, ids }) => {
    const token = engine.store.get('token', account, ids['id']!);
    if (!token) throw missing('token', ids['id']!, 'token');
    return token;
  }),
];
