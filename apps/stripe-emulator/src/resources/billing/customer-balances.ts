import type Stripe from 'stripe';
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
    (call, params) =>
      listOf(call, 'customer_balance_transaction', params, {
        index: { name: 'customer', values: [call.ids['id']!] },
      }),
  ),
  route<Stripe.CustomerRetrieveBalanceTransactionParams, Transaction>(
    'GET',
    '/v1/customers/:id/balance_transactions/:transaction',
    {},
    ({ engine, account, ids }) =>
      engine.store.need('customer_balance_transaction', account, ids['transaction']!),
  ),
];
