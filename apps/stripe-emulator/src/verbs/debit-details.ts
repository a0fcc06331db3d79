import type Stripe from 'stripe';
import { digits } from '../engine/cards.js';

/** What a charge shows of a bank debit: never more than the last four digits. */
export function debitDetails(type: string, accountNumber: string): Stripe.Charge.PaymentMethodDetails {
  const last4 = digits(accountNumber).slice(-4);
  if (type === 'us_bank_account') {
    return {
      type,
      us_bank_account: {
        account_holder_type: 'individual',
        account_type: 'checking',
        bank_name: 'STRIPE TEST BANK',
        fingerprint: null,
        last4,
        payment_reference: null,
        routing_number: '110000000',
      },
    };
  }
  if (type === 'bacs_debit')
    return { type, bacs_debit: { fingerprint: null, last4, mandate: null, sort_code: '108800' } };
  return {
    type,
    sepa_debit: {
      bank_code: '37040044',
      branch_code: null,
      country: 'DE',
      fingerprint: null,
      last4,
      mandate: null,
    },
  };
}
