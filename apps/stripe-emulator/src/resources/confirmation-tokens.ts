import type Stripe from 'stripe';
import { emptyable, metadata, object, oneOf, required, str, url } from '../http/params.js';
import { route } from '../http/route.js';
import type { TokenParams } from '../verbs/confirmation-tokens.js';
import { address, methodFields } from './shapes.js';

type Token = Stripe.ConfirmationToken;

export const confirmationTokens = [
  route<Stripe.ConfirmationTokenRetrieveParams, Token>(
    'GET',
    '/v1/confirmation_tokens/:id',
    {},
    ({ engine, account, ids }) => engine.confirmationTokens.need(account, ids['id']!),
  ),
  route<TokenParams, Token>(
    'POST',
    '/v1/test_helpers/confirmation_tokens',
    {
      payment_method: str,
      payment_method_data: object({ ...methodFields, metadata, type: required(str) }),
      return_url: url,
      setup_future_usage: oneOf('off_session', 'on_session'),
      shipping: object({ address: required(address), name: required(str), phone: emptyable(str) }),
    },
    ({ engine, account }, params) => engine.confirmationTokens.create(account, params),
  ),
];
