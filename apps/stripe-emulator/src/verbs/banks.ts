import type { BankRecord } from '../engine/account-record.js';
import type { Ids } from '../engine/ids.js';

export interface BankDetails {
  account_number: string;
  routing_number?: string;
  country?: string;
  currency: string;
  holder_name?: string;
}

/** Test bank accounts (Stripe's testing page) and the code with which a payout to them fails. */
const FAILING: Record<string, string> = {
  '111111116': 'no_account',
  '111111113': 'account_closed',
  '222222227': 'insufficient_funds',
};

/** How a payout to this account ends: null when it arrives. */
export function payoutFailure(bank: BankRecord): string | null {
  const number = bank.account_number.replace(/\D/g, '');
  return Object.entries(FAILING).find(([ending]) => number.endsWith(ending))?.[1] ?? null;
}

export function newBank(ids: Ids, details: BankDetails): BankRecord {
  return {
    id: ids.next('ba'),
    country: details.country ?? 'US',
    currency: details.currency,
    account_number: details.account_number,
    routing_number: details.routing_number ?? '',
    holder_name: details.holder_name ?? null,
    bank_name: 'STRIPE TEST BANK',
    status: 'new',
  };
}

/** What the bank says, in Stripe's words for failed payouts. */
export const FAILURE_MESSAGES: Record<string, string> = {
  no_account: 'The bank account could not be located.',
  account_closed: 'The bank account has been closed.',
  insufficient_funds: 'Your Stripe account has insufficient funds to cover the payout.',
  could_not_process: 'The bank could not process this payout.',
};
