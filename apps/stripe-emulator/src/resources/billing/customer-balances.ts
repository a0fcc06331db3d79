import type Stripe from 'stripe';
import { missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { listOf } from '../../http/lists.js';
import { currency, int, metadata, paging, required, str } from '../../http/params.js';
import { route } from '../../http/route.js';
import { MOST } from './price-params.js';

type Transaction = Stripe.CustomerBalanceTransaction;

export const customerBalances = [
  route<Stripe.CustomerCreateBalanceTransactionParams, Transaction>(
    'POST',
    '/v1/customers/:id/balance_transactions',
    { amount: required(int(-MOST, MOST)), currency: required(currency), description: str, metadata },
    ({ engine, account, ids }, params) => engine.billing.customerBalances.adjust(account, ids['id']!, params),
  ),
  route<Stripe.CustomerListBalanceTransactionsParams, Stripe.ApiList<Transaction>>(
    'GET',
    '/v1/customers/:id/balance_transactions',
    paging,
    (call, params) => {
      const customer = call.engine.store.need('customer', call.account, call.ids['id']!, 'customer');
      const index = { name: 'customer', values: [customer.id] };
      return listOf(call, 'customer_balance_transaction', params, { index });
    },
  ),
  route<Stripe.CustomerRetrieveBalanceTransactionParams, Transaction>(
    'GET',
    '/v1/customers/:id/balance_transactions/:transaction',
    {},
    ({ engine, account, ids }) => {
      const found = engine.store.get('customer_balance_transaction', account, ids['transaction']!);
      if (!found || idOf(found.customer) !== ids['id'])
        throw missing('customer_balance_transaction', ids['transaction']!, 'transaction');
      return found;
    },
  ),
];
