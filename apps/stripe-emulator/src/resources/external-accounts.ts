import type Stripe from 'stripe';
import { listFrom } from '../http/lists.js';
import { bool, currency, metadata, object, oneOf, paging, required, str } from '../http/params.js';
import { route } from '../http/route.js';
import { bankAccount } from '../verbs/external-accounts.js';

type CreateParams = Omit<Stripe.AccountCreateExternalAccountParams, 'external_account'> & {
  external_account: Stripe.AccountCreateExternalAccountParams.BankAccount;
};

const platformOnly = { platformOnly: true };

/** Bank accounts only; tokens and debit cards are refused. */
export const externalAccounts = [
  route<CreateParams, Stripe.ExternalAccount>(
    'POST',
    '/v1/accounts/:id/external_accounts',
    {
      default_for_currency: bool,
      external_account: required(
        object({
          object: required(oneOf('bank_account')),
          account_holder_name: str,
          account_holder_type: oneOf('company', 'individual'),
          account_number: required(str),
          country: required(str),
          currency,
          routing_number: str,
        }),
      ),
      metadata,
    },
    ({ engine, ids }, params) => engine.externalAccounts.create(ids['id']!, params),
    platformOnly,
  ),
  route<Stripe.AccountListExternalAccountsParams, Stripe.ApiList<Stripe.ExternalAccount>>(
    'GET',
    '/v1/accounts/:id/external_accounts',
    { ...paging, object: oneOf('bank_account', 'card') },
    (call, params) => {
      const { id, bank } = call.engine.accounts.reach(call.ids['id']!);
      const rows = bank && params.object !== 'card' ? [bankAccount(bank, id)] : [];
      return listFrom(call, rows, params);
    },
    platformOnly,
  ),
  route<Stripe.AccountRetrieveExternalAccountParams, Stripe.ExternalAccount>(
    'GET',
    '/v1/accounts/:id/external_accounts/:bank',
    {},
    ({ engine, ids }) => {
      const { id } = engine.accounts.reach(ids['id']!);
      return bankAccount(engine.externalAccounts.need(id, ids['bank']!), id);
    },
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
