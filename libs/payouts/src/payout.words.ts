import type { PayoutStatus } from './payout.states.js';

export const payoutStatusWord: Readonly<Record<PayoutStatus, string>> = {
  pending: 'Being prepared',
  in_transit: 'On its way',
  paid: 'Paid',
  failed: 'Failed',
  canceled: 'Canceled',
};

/** Why a payout failed, by Stripe's `failure_code`, and what to do. Source: docs.stripe.com/api/payouts/failures. */
const failures: Readonly<Record<string, string>> = {
  account_closed: 'the bank account was closed. Enter another one',
  account_frozen: 'the bank account is frozen. Ask the bank, or enter another one',
  bank_account_restricted: 'the bank account does not take this kind of payment. Enter another one',
  bank_ownership_changed: 'the bank account has changed hands. Enter another one',
  could_not_process: 'the bank could not process it. Ask the bank, or enter another account',
  debit_not_authorized: 'the bank account does not allow debits. Ask the bank, or enter another one',
  declined: 'the bank declined it. Ask the bank, or enter another account',
  incorrect_account_address: 'the address is not the one that the bank has. Correct it',
  incorrect_account_holder_name: 'the holder’s name is not the one that the bank has. Correct it',
  incorrect_account_holder_tax_id: 'the tax number is not the one that the bank has. Correct it',
  insufficient_funds: 'there was not enough money in the Stripe balance. The next payout will include it',
  invalid_account_number: 'the account number is not valid. Enter it again',
  invalid_account_number_length: 'the account number is too long or too short. Enter it again',
  invalid_currency: 'the bank account can’t take this currency. Enter one that can',
  no_account: 'the bank knows no such account. Enter the details again',
  unsupported_card: 'the card can’t take payouts. Enter a bank account',
};

export function failureWords(code: string | null): string {
  return (code && failures[code]) || 'the bank sent it back. Check the bank details';
}

/** What a line of a payout is about, by the type of its balance transaction. */
const reasons: Readonly<Record<string, string>> = {
  payment: 'Sale',
  charge: 'Sale',
  payment_refund: 'Refund',
  refund: 'Refund',
  refund_failure: 'Refund that came back',
  payment_failure_refund: 'Payment that failed later',
  application_fee: 'Marketplace fee',
  application_fee_refund: 'Marketplace fee returned',
  transfer: 'Transfer to a seller',
  transfer_refund: 'Transfer taken back',
  payout: 'Payout',
  payout_failure: 'Earlier payout that came back',
  payout_cancel: 'Canceled payout',
  payout_minimum_balance_hold: 'Kept in the balance',
  payout_minimum_balance_release: 'Kept back before, now released',
  stripe_fee: 'Stripe’s fee',
  stripe_fx_fee: 'Stripe’s fee for converting a currency',
  tax_fee: 'Tax on Stripe’s fees',
  topup: 'Added by hand',
  topup_reversal: 'Added by hand, taken back',
  adjustment: 'Correction by Stripe',
  reserve_hold: 'Held in reserve by Stripe',
  reserve_release: 'Released from Stripe’s reserve',
  reserve_transaction: 'Stripe’s reserve',
};

export function reasonWords(type: string, sourceId: string | null): string {
  // The account that paid a fee sees its refund as an adjustment.
  if (type === 'adjustment' && /^(fr|fee)_/.test(sourceId ?? '')) return reasons['application_fee_refund']!;
  return reasons[type] ?? `Stripe: ${type.replaceAll('_', ' ')}`;
}
