import type Stripe from 'stripe';
import type { StripeApi } from '#stripe';

export interface DemoOwner {
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  /** Lower case. */
  readonly currency: string;
  /** What the shop sells, in a sentence. */
  readonly sells: string;
}

/**
 * Answers with Stripe's test data what its hosted page would ask (docs.stripe.com/connect/testing): the shop is then open
 * without anyone typing. Stripe takes the terms and the bank account of an Express account only from its owner; what it
 * refuses stays for the owner to answer.
 */
export async function answerStripesQuestions(
  stripe: StripeApi,
  account: string,
  owner: DemoOwner,
): Promise<void> {
  const { accounts } = stripe.sdk.v2.core;
  await unlessRefused(() => accounts.update(account, answers(owner)));
  await unlessRefused(() => accounts.update(account, terms()));
  await unlessRefused(() =>
    stripe.sdk.accounts.createExternalAccount(account, { external_account: testBank(owner) }),
  );
}

function answers(owner: DemoOwner): Stripe.V2.Core.AccountUpdateParams {
  const { givenName, surname, email, country } = owner;
  return {
    defaults: { profile: { product_description: owner.sells } },
    identity: {
      entity_type: 'individual',
      individual: {
        given_name: givenName,
        surname,
        email,
        date_of_birth: { day: 1, month: 1, year: 1901 },
        address: {
          line1: 'address_full_match',
          city: 'Town',
          postal_code: '12345',
          country: country.toLowerCase(),
        },
        id_numbers: [{ type: idNumberTypes[country] ?? 'us_ssn', value: '000000000' }],
      },
    },
  };
}

/** In a call of its own, since what Stripe refuses here would take the other answers with it. */
function terms(): Stripe.V2.Core.AccountUpdateParams {
  const account = { date: new Date().toISOString(), ip: '127.0.0.1', user_agent: 'Guildhall demo' };
  return { identity: { attestations: { terms_of_service: { account } } } };
}

const idNumberTypes: Record<string, 'us_ssn' | 'de_stn' | 'ca_sin'> = {
  US: 'us_ssn',
  DE: 'de_stn',
  CA: 'ca_sin',
};

/** Bank accounts to which Stripe's test payouts arrive (docs.stripe.com/connect/testing#payouts). */
function testBank({ country, currency }: DemoOwner): Stripe.AccountCreateExternalAccountParams.BankAccount {
  const bank = { object: 'bank_account' as const, country, currency };
  if (country === 'DE') return { ...bank, account_number: 'DE89370400440532013000' };
  if (country === 'CA') return { ...bank, routing_number: '11000-000', account_number: '000123456789' };
  return { ...bank, routing_number: '110000000', account_number: '000123456789' };
}

async function unlessRefused(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode ?? 0;
    if (status < 400 || status >= 500) throw error;
  }
}
