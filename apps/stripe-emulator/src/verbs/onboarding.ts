import type Stripe from 'stripe';
import type { AccountRecord, OnboardingSession } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { mergeAccount } from './account-params.js';
import type { BankDetails } from './external-account-objects.js';
import { outstanding, required } from './requirements.js';

/** What a seller types on the hosted pages; everything may be left out and given later. */
export interface OnboardingAnswers {
  entity_type?: 'individual' | 'company';
  individual?: {
    given_name?: string;
    surname?: string;
    email?: string;
    phone?: string;
    date_of_birth?: { day: number; month: number; year: number };
    address?: {
      line1?: string;
      line2?: string;
      city?: string;
      state?: string;
      postal_code?: string;
      country?: string;
    };
    /** Any text: remembered as given, not kept. */
    id_number?: string;
  };
  company?: {
    registered_name?: string;
    phone?: string;
    address?: {
      line1?: string;
      line2?: string;
      city?: string;
      state?: string;
      postal_code?: string;
      country?: string;
    };
    tax_id?: string;
  };
  profile?: { business_url?: string; doing_business_as?: string; product_description?: string };
  bank?: BankDetails;
  accept_terms?: boolean;
}

/** A seller's visit to the hosted pages, and what its answers do. */
export class Onboarding {
  constructor(private readonly engine: Engine) {}

  session(id: string): OnboardingSession | undefined {
    return this.engine.store.get('onboarding', '', id);
  }

  /** Takes answers in; requirements, capabilities and events follow from them. */
  answer(accountId: string, answers: OnboardingAnswers): AccountRecord {
    const { engine } = this;
    if (answers.bank) engine.externalAccounts.set(accountId, answers.bank);
    const { individual, company } = answers;
    return engine.accounts.change(accountId, (account) => {
      const merged = mergeAccount(
        account,
        {
          ...(answers.profile && { defaults: { profile: answers.profile } }),
          identity: {
            ...(answers.entity_type && { entity_type: answers.entity_type }),
            ...(individual && {
              individual: {
                ...individual,
                ...(individual.id_number && {
                  id_numbers: [{ type: 'us_ssn_last_4', value: individual.id_number }],
                }),
              },
            }),
            ...(company && {
              business_details: {
                ...company,
                ...(company.tax_id && { id_numbers: [{ type: 'us_ein', value: company.tax_id }] }),
              },
            }),
          } as Stripe.V2.Core.AccountUpdateParams['identity'],
        },
        engine.clock.now(),
      );
      const answered = {
        ...merged,
        tos_accepted_at: answers.accept_terms ? engine.clock.now() : merged.tos_accepted_at,
      };
      return { ...answered, raised: answered.raised.filter((item) => !gives(answers, item.field)) };
    });
  }

  /** The seller presses "submit": what is missing stays outstanding. Returns where to send the browser. */
  finish(sessionId: string): string {
    const session = this.engine.store.need('onboarding', '', sessionId);
    this.engine.store.update('onboarding', '', sessionId, { finished: true });
    this.engine.accounts.change(session.account, (account) => ({ ...account, details_submitted: true }));
    return session.return_url ?? session.refresh_url;
  }

  /** The seller leaves to go on later: what was given stays, and nothing counts as submitted. */
  leave(sessionId: string): string {
    const session = this.engine.store.need('onboarding', '', sessionId);
    this.engine.store.update('onboarding', '', sessionId, { finished: true });
    return session.return_url ?? session.refresh_url;
  }

  /** Something that was asked for on top of onboarding, e.g. a document, has been handed in and accepted. */
  provide(accountId: string, field: string): AccountRecord {
    return this.engine.accounts.change(accountId, (account) => ({
      ...account,
      raised: account.raised.filter((item) => item.field !== field),
    }));
  }

  /** Everything at once, as a complete and honest seller would type it. */
  complete(accountId: string, extra: OnboardingAnswers = {}): AccountRecord {
    const record = this.engine.accounts.need(accountId);
    const country = record.country ?? 'US';
    const address = {
      line1: '1 Market Street',
      city: 'Springfield',
      postal_code: '94105',
      state: 'CA',
      country,
    };
    const company = extra.entity_type === 'company' || record.entity_type === 'company';
    this.answer(accountId, {
      entity_type: company ? 'company' : 'individual',
      individual: {
        given_name: 'Jenny',
        surname: 'Rosen',
        email: record.contact_email ?? 'jenny@example.com',
        date_of_birth: { day: 1, month: 1, year: 1990 },
        address,
        id_number: '0000',
      },
      ...(company && {
        company: {
          registered_name: record.display_name ?? 'Rosen & Co',
          phone: '0000000000',
          address,
          tax_id: '000000000',
        },
      }),
      profile: { product_description: 'Goods made by hand, sold on a marketplace.' },
      bank: {
        account_number: '000123456789',
        routing_number: '110000000',
        country,
        currency: record.currency ?? 'usd',
      },
      accept_terms: true,
      ...extra,
    });
    return this.engine.accounts.change(accountId, (account) => ({ ...account, details_submitted: true }));
  }

  /** What the pages still have to ask, by v1 name. */
  missing(accountId: string): string[] {
    const record = this.engine.accounts.need(accountId);
    return outstanding(record, this.engine.clock.now()).map((due) => due.requirement.v1);
  }

  /** All that the pages ask of this account, given or not, by v1 name. */
  asked(accountId: string): string[] {
    return required(this.engine.accounts.need(accountId)).map((requirement) => requirement.v1);
  }
}

/** Whether these answers settle a raised requirement: its field, or a part of it, is among them. */
function gives(answers: OnboardingAnswers, field: string): boolean {
  const [head, part] = field.replace(/^identity\./, '').split('.');
  if (head === 'external_account' || field === 'defaults.payout_methods') return answers.bank !== undefined;
  if (head === 'tos_acceptance' || head === 'attestations') return answers.accept_terms === true;
  if (head === 'business_type' || head === 'entity_type') return answers.entity_type !== undefined;
  const given = (answers as Record<string, unknown>)[PARTS[head!] ?? head!];
  if (given === undefined) return false;
  if (!part || typeof given !== 'object') return true;
  const keys = Object.keys(given as object);
  // v1 and v2 name the same answers a little differently; verification documents come with the id number.
  const aliases: Record<string, string> = {
    first_name: 'given_name',
    last_name: 'surname',
    name: 'registered_name',
    dob: 'date_of_birth',
    verification: 'id_number',
    id_numbers: head === 'business_details' ? 'tax_id' : 'id_number',
  };
  return keys.includes(part) || keys.includes(aliases[part] ?? '');
}

/** The answers by what requirements call them. */
const PARTS: Record<string, string> = { business_details: 'company', business_profile: 'profile' };
