import type Stripe from 'stripe';
import { listFrom, listOf, within } from '../http/lists.js';
import {
  bool,
  currency,
  descriptor,
  emptyable,
  int,
  list,
  object,
  oneOf,
  paging,
  range,
  str,
} from '../http/params.js';
import { route } from '../http/route.js';

type Transaction = Stripe.BalanceTransaction;

const payoutSettings = object({
  minimum_balance_by_currency: emptyable({ type: 'map', of: emptyable(int(0)) }),
  schedule: object({
    interval: oneOf('daily', 'manual', 'monthly', 'weekly'),
    monthly_payout_days: list(int(1, 31)),
    weekly_payout_days: list(oneOf('monday', 'tuesday', 'wednesday', 'thursday', 'friday')),
  }),
  statement_descriptor: descriptor(),
});

export const balances = [
  route<Stripe.BalanceRetrieveParams, Stripe.Balance>('GET', '/v1/balance', {}, ({ engine, account }) =>
    engine.ledger.view(account),
  ),
  route<Stripe.BalanceTransactionListParams, Stripe.ApiList<Transaction>>(
    'GET',
    '/v1/balance_transactions',
    { ...paging, created: range, currency, payout: str, source: str, type: str },
    (call, params) => {
      const { engine, account } = call;
      const matches = (row: Transaction) =>
        (!params.currency || row.currency === params.currency) &&
        (!params.type || row.type === params.type) &&
        (!params.source || row.source === params.source);
      if (params.payout)
        return listFrom(
          call,
          engine.payouts
            .transactionsOf(account, params.payout)
            .filter((row) => matches(row) && within(row.created, params.created)),
          params,
        );
      const index = params.source
        ? { name: 'source', values: [params.source] }
        : params.type
          ? { name: 'type', values: [params.type] }
          : undefined;
      return listOf(call, 'balance_transaction', params, { ...(index && { index }), filter: matches });
    },
  ),
  route<Stripe.BalanceTransactionRetrieveParams, Transaction>(
    'GET',
    '/v1/balance_transactions/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('balance_transaction', account, ids['id']!),
  ),
  route<Stripe.BalanceSettingsRetrieveParams, Stripe.BalanceSettings>(
    'GET',
    '/v1/balance_settings',
    {},
    ({ engine, account }) => engine.payouts.settings(account),
  ),
  route<Stripe.BalanceSettingsUpdateParams, Stripe.BalanceSettings>(
    'POST',
    '/v1/balance_settings',
    {
      payments: object({
        debit_negative_balances: bool,
        payouts: payoutSettings,
        settlement_timing: object({ delay_days_override: emptyable(int(0, 31)) }),
      }),
    },
    ({ engine, account }, params) => engine.payouts.changeSettings(account, params),
  ),
];
