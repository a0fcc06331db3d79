import type Stripe from 'stripe';
import { listFrom } from '../http/lists.js';
import { bool, currency, emptyable, idOr, metadata, oneOf, paging, required, str } from '../http/params.js';
import { route } from '../http/route.js';

type External = Stripe.ExternalAccount;

const platformOnly = { platformOnly: true };

/** A token, or the bank account or debit card itself. */
export const externalAccount = idOr({
  object: required(oneOf('bank_account', 'card')),
  account_holder_name: str,
  account_holder_type: oneOf('company', 'individual'),
  account_number: str,
  country: str,
  currency,
  cvc: str,
  exp_month: str,
  exp_year: str,
  name: str,
  number: str,
  routing_number: str,
  token: str,
});

export const externalAccounts = [
  route<Stripe.AccountCreateExternalAccountParams, External>(
    'POST',
    '/v1/accounts/:id/external_accounts',
    { default_for_currency: bool, external_account: required(externalAccount), metadata },
    ({ engine, ids }, params) => engine.externalAccounts.create(ids['id']!, params),
    platformOnly,
  ),
  route<Stripe.AccountListExternalAccountsParams, Stripe.ApiList<External>>(
    'GET',
    '/v1/accounts/:id/external_accounts',
    { ...paging, object: oneOf('bank_account', 'card') },
    (call, params) => {
      const { accounts, externalAccounts: verbs } = call.engine;
      const record = accounts.reach(call.ids['id']!);
      const rows = verbs.all(record).map((bank) => verbs.view(record.id, bank.id));
      return listFrom(
        call,
        rows.filter(({ object }) => !params.object || object === params.object),
        params,
      );
    },
    platformOnly,
  ),
  route<Stripe.AccountRetrieveExternalAccountParams, External>(
    'GET',
    '/v1/accounts/:id/external_accounts/:bank',
    {},
    ({ engine, ids }) => engine.externalAccounts.view(engine.accounts.reach(ids['id']!).id, ids['bank']!),
    platformOnly,
  ),
  route<Stripe.AccountUpdateExternalAccountParams, External>(
    'POST',
    '/v1/accounts/:id/external_accounts/:bank',
    {
      account_holder_name: str,
      account_holder_type: emptyable(oneOf('company', 'individual')),
      default_for_currency: bool,
      exp_month: str,
      exp_year: str,
      metadata,
      name: str,
    },
    ({ engine, ids }, params) => engine.externalAccounts.update(ids['id']!, ids['bank']!, params),
    platformOnly,
  ),
  route<Stripe.AccountDeleteExternalAccountParams, Stripe.DeletedExternalAccount>(
    'DELETE',
    '/v1/accounts/:id/external_accounts/:bank',
    {},
    ({ engine, ids }) => engine.externalAccounts.delete(ids['id']!, ids['bank']!),
    platformOnly,
  ),
];
