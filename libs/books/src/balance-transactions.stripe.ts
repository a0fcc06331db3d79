import type Stripe from 'stripe';
import { PLATFORM } from '#ledger';
import type { MirrorRow } from './legs.rules.js';

/** On whose behalf a call is made: a seller's account, or our own. */
export function requestOptions(stripeAccount: string): Stripe.RequestOptions {
  return stripeAccount === PLATFORM ? {} : { stripeAccount };
}

/** Stripe's shape as the mirror keeps it. */
export function toRow(transaction: Stripe.BalanceTransaction): MirrorRow {
  const { source } = transaction;
  return {
    id: transaction.id,
    type: transaction.type,
    reportingCategory: transaction.reporting_category,
    sourceId: typeof source === 'string' ? source : (source?.id ?? null),
    currency: transaction.currency,
    amount: BigInt(transaction.amount),
    fee: BigInt(transaction.fee),
    net: BigInt(transaction.net),
    exchangeRate: transaction.exchange_rate === null ? null : String(transaction.exchange_rate),
    description: transaction.description,
    created: new Date(transaction.created * 1000),
    availableOn: new Date(transaction.available_on * 1000),
    status: transaction.status === 'available' ? 'available' : 'pending',
    fees: transaction.fee_details.map(({ type, amount }) => ({ type, amount: BigInt(amount) })),
  };
}
