import type Stripe from 'stripe';
import { missing } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { listOf } from '../http/lists.js';
import { currency, int, paging, required, str } from '../http/params.js';
import { route } from '../http/route.js';

type Transaction = Stripe.CustomerCashBalanceTransaction;
type FundParams = Parameters<Stripe['testHelpers']['customers']['fundCashBalance']>[1];

export const cashBalances = [
  route<Stripe.CustomerRetrieveCashBalanceParams, Stripe.CashBalance>(
    'GET',
    '/v1/customers/:id/cash_balance',
    {},
    ({ engine, account, ids }) => engine.cashBalances.view(account, ids['id']!),
  ),
  route<Stripe.CustomerListCashBalanceTransactionsParams, Stripe.ApiList<Transaction>>(
    'GET',
    '/v1/customers/:id/cash_balance_transactions',
    paging,
    (call, params) => {
      const customer = call.engine.store.need('customer', call.account, call.ids['id']!, 'customer');
      const index = { name: 'customer', values: [customer.id] };
      return listOf(call, 'customer_cash_balance_transaction', params, { index });
    },
  ),
  route<Stripe.CustomerRetrieveCashBalanceTransactionParams, Transaction>(
    'GET',
    '/v1/customers/:id/cash_balance_transactions/:transaction',
    {},
    ({ engine, account, ids }) => {
      const found = engine.store.get('customer_cash_balance_transaction', account, ids['transaction']!);
      if (!found || idOf(found.customer) !== ids['id'])
        throw missing('customer_cash_balance_transaction', ids['transaction']!, 'transaction');
      return found;
    },
  ),
  route<FundParams, Transaction>(
    'POST',
    '/v1/test_helpers/customers/:id/fund_cash_balance',
    { amount: required(int(1)), currency: required(currency), reference: str },
    ({ engine, account, ids }, params) =>
      engine.cashBalances.fund(account, ids['id']!, params.amount, params.currency, params.reference ?? null),
  ),
];
