import type Stripe from 'stripe';
import type { AccountRecord, BankRecord } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';
import type { Ids } from '../engine/ids.js';
import { isTestBank } from './test-banks.js';

export interface BankDetails {
  account_number: string;
  routing_number?: string;
  country?: string;
  currency: string;
  holder_name?: string;
  holder_type?: string;
  metadata?: Stripe.Metadata;
}

type CreateParams = Omit<Stripe.AccountCreateExternalAccountParams, 'external_account'> & {
  external_account: Stripe.AccountCreateExternalAccountParams.BankAccount;
};

/** The bank account to which an account is paid out. The emulator keeps one for each account. */
export class ExternalAccounts {
  constructor(private readonly engine: Engine) {}

  /** @throws Refusal for what is no test account, and when there is one already that should stay the default. */
  create(id: string, params: CreateParams): Stripe.BankAccount {
    const record = this.open(id);
    const given = params.external_account;
    const details = this.read(record, given, params.metadata);
    if (record.bank?.currency === details.currency && !params.default_for_currency) {
      throw invalid(
        'This emulator keeps one bank account for each account. Pass `default_for_currency` to put this one in its place.',
        { param: 'default_for_currency' },
      );
    }
    return bankAccount(this.set(id, details).bank!, id);
  }

  /** @throws Refusal when the account has no such bank account. */
  need(id: string, bank: string): BankRecord {
    const found = this.engine.accounts.need(id).bank;
    if (found?.id !== bank) throw missing('external account', bank, 'id');
    return found;
  }

  /** A default goes only when its currency is not the account's own: money would have nowhere to go. */
  delete(id: string, bank: string): Stripe.DeletedBankAccount {
    const record = this.open(id);
    const { currency } = this.need(id, bank);
    if (currency === record.currency) {
      throw invalid(
        'You cannot delete the default external account for your default currency. Please make another external account the default using the `default_for_currency` param, and then delete this one.',
      );
    }
    this.engine.accounts.change(id, (account) => ({ ...account, bank: null }));
    this.announce(id, 'deleted', record.bank!);
    return { id: bank, object: 'bank_account', currency, deleted: true };
  }

  /** Puts a bank account in the place of the one before. */
  set(id: string, details: BankDetails): AccountRecord {
    const before = this.engine.accounts.need(id).bank;
    const bank = newBank(this.engine.ids, details);
    const changed = this.engine.accounts.change(id, (account) => ({ ...account, bank }));
    if (before) this.announce(id, 'deleted', before);
    this.announce(id, 'created', bank);
    return changed;
  }

  /** A payout to it failed: nothing more is sent there until it is replaced. */
  disable(id: string): void {
    const { bank } = this.engine.accounts.need(id);
    if (!bank || bank.status === 'errored') return;
    const errored: BankRecord = { ...bank, status: 'errored' };
    this.engine.accounts.change(id, (account) => ({ ...account, bank: errored }));
    this.announce(id, 'updated', errored, { status: bank.status });
  }

  private open(id: string): AccountRecord {
    const record = this.engine.accounts.reach(id);
    if (record.closed) throw invalid('This account is closed.', { code: 'account_closed' });
    return record;
  }

  private read(
    record: AccountRecord,
    given: CreateParams['external_account'],
    metadata: Stripe.MetadataParam | undefined,
  ): BankDetails {
    const country = given.country.toUpperCase();
    const currency = given.currency ?? record.currency ?? 'usd';
    if (country === 'US' && !given.routing_number) {
      throw invalid('Missing required param: external_account[routing_number].', {
        code: 'parameter_missing',
        param: 'external_account[routing_number]',
      });
    }
    if (country === 'US' && !/^\d{9}$/.test(given.routing_number!)) {
      throw invalid('Routing number must have 9 digits', {
        code: 'routing_number_invalid',
        param: 'external_account[routing_number]',
      });
    }
    if (!isTestBank(country, given.account_number)) {
      throw invalid(
        'You cannot use a live bank account number when making transfers or debits in test mode',
        { code: 'account_number_invalid', param: 'external_account[account_number]' },
      );
    }
    return {
      account_number: given.account_number.replaceAll(/[\s-]/g, ''),
      country,
      currency,
      ...(given.routing_number && { routing_number: given.routing_number }),
      ...(given.account_holder_name && { holder_name: given.account_holder_name }),
      ...(given.account_holder_type && { holder_type: given.account_holder_type }),
      metadata: (metadata ?? {}) as Stripe.Metadata,
    };
  }

  private announce(
    id: string,
    what: 'created' | 'updated' | 'deleted',
    bank: BankRecord,
    previous?: Partial<Stripe.BankAccount>,
  ): void {
    this.engine.events.emit(id, `account.external_account.${what}`, bankAccount(bank, id), previous);
  }
}

export function newBank(ids: Ids, details: BankDetails): BankRecord {
  return {
    id: ids.next('ba'),
    country: details.country ?? 'US',
    currency: details.currency,
    account_number: details.account_number,
    routing_number: details.routing_number ?? '',
    holder_name: details.holder_name ?? null,
    holder_type: details.holder_type ?? null,
    metadata: details.metadata ?? {},
    bank_name: 'STRIPE TEST BANK',
    status: 'new',
  };
}

export function bankAccount(bank: BankRecord, account: string): Stripe.BankAccount {
  return {
    id: bank.id,
    object: 'bank_account',
    account,
    account_holder_name: bank.holder_name,
    account_holder_type: bank.holder_type,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: bank.bank_name,
    country: bank.country,
    currency: bank.currency,
    default_for_currency: true,
    fingerprint: null,
    future_requirements: NOTHING_DUE,
    last4: bank.account_number.slice(-4),
    metadata: bank.metadata,
    requirements: NOTHING_DUE,
    routing_number: bank.routing_number || null,
    status: bank.status,
  };
}

const NOTHING_DUE = { currently_due: [], errors: [], past_due: [], pending_verification: [] };
