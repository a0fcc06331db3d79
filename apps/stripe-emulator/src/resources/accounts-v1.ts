import type Stripe from 'stripe';
import { route } from '../http/route.js';
import { object, oneOf, paging, range, required, str } from '../http/params.js';
import { common, updatedSettings } from './account-params.js';
import { cursor, spanOf, within } from '../http/lists.js';
import type { AccountRecord } from '../engine/account-record.js';
import { HOUR, SECOND } from '../engine/clock.js';

type List = Stripe.ApiList<Stripe.Account>;

export const accountsV1 = [
  route<Stripe.AccountRetrieveCurrentParams, Stripe.Account>(
    'GET',
    '/v1/account',
    {},
    ({ engine, account }) => engine.accounts.v1(engine.accounts.need(account)),
  ),
  route<Stripe.AccountListParams, List>(
    'GET',
    '/v1/accounts',
    { ...paging, created: range },
    ({ engine, path }, { created, ...params }) => {
      if (params.starting_after) engine.accounts.reach(params.starting_after, 'starting_after');
      if (params.ending_before) engine.accounts.reach(params.ending_before, 'ending_before');
      const seconds = (record: AccountRecord) => Math.floor(record.created / SECOND);
      const { data, has_more } = engine.store.page('account', '', {
        ...cursor(params),
        ...(created !== undefined && { span: spanOf(seconds, created, HOUR / SECOND) }),
        filter: (record) =>
          !record.platform && !record.deauthorized && !record.closed && within(seconds(record), created),
      });
      return { object: 'list', data: data.map((record) => engine.accounts.v1(record)), has_more, url: path };
    },
    { platformOnly: true },
  ),
  route<Stripe.AccountCreateParams, Stripe.Account>(
    'POST',
    '/v1/accounts',
    {
      ...common,
      controller: object({
        fees: object({ payer: oneOf('account', 'application') }),
        losses: object({ payments: oneOf('application', 'stripe') }),
        requirement_collection: oneOf('application', 'stripe'),
        stripe_dashboard: object({ type: oneOf('express', 'full', 'none') }),
      }),
      country: str,
      type: oneOf('custom', 'express', 'standard'),
    },
    ({ engine }, params) => engine.accounts.v1(engine.accountsV1.create(params)),
    { platformOnly: true },
  ),
  route<Stripe.AccountUpdateParams, Stripe.Account>(
    'POST',
    '/v1/accounts/:id',
    { ...common, settings: updatedSettings },
    ({ engine, ids }, params) => engine.accounts.v1(engine.accountsV1.update(ids['id']!, params)),
  ),
  route<Stripe.AccountRetrieveParams, Stripe.Account>('GET', '/v1/accounts/:id', {}, ({ engine, ids }) =>
    engine.accounts.v1(engine.accounts.reach(ids['id']!)),
  ),
  route<Stripe.AccountDeleteParams, Stripe.DeletedAccount>(
    'DELETE',
    '/v1/accounts/:id',
    {},
    ({ engine, ids }) => engine.accountsV1.delete(ids['id']!),
    { platformOnly: true },
  ),
  route<Stripe.AccountRejectParams, Stripe.Account>(
    'POST',
    '/v1/accounts/:id/reject',
    {
      payouts_action: oneOf('none', 'pause'),
      reason: required(
        oneOf(
          'fraud',
          'credit',
          'fraud_no_intent_to_fulfill',
          'fraud_other',
          'fraud_payment_method_casher',
          'fraud_payment_method_tester',
          'other',
          'terms_of_service',
        ),
      ),
    },
    ({ engine, ids }, { reason }) => engine.accounts.v1(engine.accountsV1.reject(ids['id']!, reason)),
    { platformOnly: true },
  ),
  route<Stripe.AccountUnrejectParams, Stripe.Account>(
    'POST',
    '/v1/accounts/:id/unreject',
    {},
    ({ engine, ids }) => engine.accounts.v1(engine.accountsV1.unreject(ids['id']!)),
    { platformOnly: true },
  ),
  route<Stripe.AccountCreateLoginLinkParams, Stripe.LoginLink>(
    'POST',
    '/v1/accounts/:id/login_links',
    {},
    ({ engine, ids }) => engine.accountLinks.createLoginLink(ids['id']!),
    { platformOnly: true },
  ),
];
