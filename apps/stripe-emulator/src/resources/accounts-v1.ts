import type Stripe from 'stripe';
import { route } from '../http/route.js';
import { paging, range } from '../http/params.js';
import { within } from '../http/lists.js';
import { missing } from '../engine/errors.js';

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
    ({ engine, path }, params) => {
      const rows = [...engine.store.all('account', '')]
        .filter((record) => !record.platform && !record.deauthorized)
        .filter((record) => within(Math.floor(record.created / 1000), params.created))
        .map((record) => engine.accounts.v1(record))
        .reverse();
      const from = params.starting_after ? rows.findIndex((row) => row.id === params.starting_after) + 1 : 0;
      const limit = params.limit ?? 10;
      return {
        object: 'list',
        data: rows.slice(from, from + limit),
        has_more: rows.length > from + limit,
        url: path,
      };
    },
    { platformOnly: true },
  ),
  route<Stripe.AccountRetrieveParams, Stripe.Account>('GET', '/v1/accounts/:id', {}, ({ engine, ids }) => {
    const record = engine.accounts.need(ids['id']!);
    if (record.deauthorized) throw missing('account', record.id);
    return engine.accounts.v1(record);
  }),
  route<Stripe.AccountDeleteParams, Stripe.DeletedAccount>(
    'DELETE',
    '/v1/accounts/:id',
    {},
    ({ engine, ids }) => {
      engine.accounts.close(ids['id']!);
      return { id: ids['id']!, object: 'account', deleted: true };
    },
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
