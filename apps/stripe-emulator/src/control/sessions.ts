import type { Buyer } from '../engine/buyer.js';
import { any, bool, required, str } from '../http/params.js';
import { control } from './index.js';

/** The buyer's side without a browser: the same verbs that the hosted page calls. */
export const sessionControls = [
  control<{ card?: string; buyer?: Buyer }>(
    'POST',
    '/sessions/:id/pay',
    { card: str, buyer: any },
    ({ engine, ids }, params) =>
      engine.transact(() =>
        engine.sessionPayments.byCard(
          ids['id']!,
          { number: params.card ?? '4242424242424242' },
          params.buyer,
        ),
      ),
  ),
  control<{ passed: boolean }>(
    'POST',
    '/sessions/:id/authenticate',
    { passed: required(bool) },
    ({ engine, ids }, { passed }) =>
      engine.transact(() => engine.sessionPayments.authenticate(ids['id']!, passed)),
  ),
  control<{ account_number?: string; buyer?: Buyer }>(
    'POST',
    '/sessions/:id/bank_debit',
    { account_number: str, buyer: any },
    ({ engine, ids }, params) =>
      engine.transact(() => engine.sessionPayments.byDebit(ids['id']!, params.account_number, params.buyer)),
  ),
];
