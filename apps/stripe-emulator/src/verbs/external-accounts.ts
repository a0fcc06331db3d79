import type Stripe from 'stripe';
import type { AccountRecord, BankRecord } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';
import { externalAccount, newBank, type BankDetails } from './external-account-objects.js';
import { readExternalAccount, type Given } from './external-account-params.js';
import { mergeMetadata } from './metadata.js';

interface CreateParams {
  external_account: Given;
  default_for_currency?: boolean;
  metadata?: Stripe.Emptyable<Stripe.MetadataParam>;
}

/**
 * Where an account is paid out: `bank` is the one for its own currency and for whatever has none of its own;
 * `more_banks` are the others, the first of each currency being its default.
 */
export class ExternalAccounts {
  constructor(private readonly engine: Engine) {}

  /** @throws Refusal for what is no test account */
  create(id: string, params: CreateParams): Stripe.ExternalAccount {
    const record = this.open(id);
    const details = readExternalAccount(record, params.external_account);
    const bank = newBank(this.engine.ids, { ...details, metadata: mergeMetadata({}, params.metadata) });
    this.engine.accounts.change(id, (account) => added(account, bank, params.default_for_currency ?? false));
    this.announce(id, 'created', bank);
    return this.view(id, bank.id);
  }

  all(record: AccountRecord): BankRecord[] {
    return [...(record.bank ? [record.bank] : []), ...record.more_banks];
  }

  /** @throws Refusal when the account has no such external account */
  need(id: string, bank: string): BankRecord {
    const found = this.all(this.engine.accounts.need(id)).find((one) => one.id === bank);
    if (!found) throw missing('external account', bank, 'id');
    return found;
  }

  /** The one that money of a currency goes to, unless a payout names another. */
  forCurrency(record: AccountRecord, currency: string): BankRecord | null {
    if (record.bank?.currency === currency) return record.bank;
    return record.more_banks.find((bank) => bank.currency === currency) ?? record.bank;
  }

  view(id: string, bank: string): Stripe.ExternalAccount {
    const found = this.need(id, bank);
    const record = this.engine.accounts.need(id);
    return externalAccount(found, id, this.forCurrency(record, found.currency)?.id === bank);
  }

  update(
    id: string,
    bank: string,
    params: Stripe.AccountUpdateExternalAccountParams,
  ): Stripe.ExternalAccount {
    this.open(id);
    const before = this.need(id, bank);
    const after: BankRecord = {
      ...before,
      holder_name: params.account_holder_name ?? params.name ?? before.holder_name,
      holder_type:
        params.account_holder_type === undefined ? before.holder_type : params.account_holder_type || null,
      metadata: mergeMetadata(before.metadata, params.metadata),
      ...(before.card && {
        card: {
          ...before.card,
          exp_month: Number(params.exp_month ?? before.card.exp_month),
          exp_year: Number(params.exp_year ?? before.card.exp_year),
        },
      }),
    };
    this.replace(id, after);
    if (params.default_for_currency)
      this.engine.accounts.change(id, (account) => added(without(account, bank), after, true));
    this.announce(id, 'updated', after);
    return this.view(id, bank);
  }

  /** A default goes only when its currency is not the account's own: money would have nowhere to go. */
  delete(id: string, bank: string): Stripe.DeletedExternalAccount {
    const record = this.open(id);
    const found = this.need(id, bank);
    if (found.id === record.bank?.id && found.currency === record.currency) {
      throw invalid(
        'You cannot delete the default external account for your default currency. Please make another external account the default using the `default_for_currency` param, and then delete this one.',
      );
    }
    this.engine.accounts.change(id, (account) => without(account, bank));
    this.announce(id, 'deleted', found);
    const { currency, card } = found;
    return { id: bank, object: card ? 'card' : 'bank_account', currency, deleted: true };
  }

  /** Puts a bank account in the place of the one before, as a seller does on the hosted pages. */
  set(id: string, details: BankDetails): AccountRecord {
    const before = this.engine.accounts.need(id).bank;
    const bank = newBank(this.engine.ids, details);
    const changed = this.engine.accounts.change(id, (account) => ({ ...account, bank }));
    if (before) this.announce(id, 'deleted', before);
    this.announce(id, 'created', bank);
    return changed;
  }

  /** A payout to it failed: nothing more is sent there until it is replaced. */
  disable(id: string, bankId = this.engine.accounts.need(id).bank?.id): void {
    const bank = this.all(this.engine.accounts.need(id)).find((one) => one.id === bankId);
    if (!bank || bank.status === 'errored') return;
    const errored: BankRecord = { ...bank, status: 'errored' };
    this.replace(id, errored);
    this.announce(id, 'updated', errored, { status: bank.status });
  }

  private replace(id: string, bank: BankRecord): void {
    const put = (one: BankRecord) => (one.id === bank.id ? bank : one);
    this.engine.accounts.change(id, (account) => ({
      ...account,
      bank: account.bank && put(account.bank),
      more_banks: account.more_banks.map(put),
    }));
  }

  private open(id: string): AccountRecord {
    const record = this.engine.accounts.reach(id);
    if (record.closed) throw invalid('This account is closed.', { code: 'account_closed' });
    return record;
  }

  private announce(
    id: string,
    what: 'created' | 'updated' | 'deleted',
    bank: BankRecord,
    previous?: Partial<Stripe.BankAccount>,
  ): void {
    const record = this.engine.accounts.need(id);
    const isDefault = this.forCurrency(record, bank.currency)?.id === bank.id;
    const shown = externalAccount(bank, id, isDefault);
    this.engine.events.emit(id, `account.external_account.${what}`, shown, previous);
  }
}

/** The first of a currency is its default, and so is one that is said to be. */
function added(account: AccountRecord, bank: BankRecord, asDefault: boolean): AccountRecord {
  const own = bank.currency === (account.currency ?? bank.currency);
  if (!account.bank || (own && asDefault) || (own && account.bank.currency !== bank.currency)) {
    const pushed = account.bank ? [account.bank] : [];
    return { ...account, bank, more_banks: [...pushed, ...account.more_banks] };
  }
  const more_banks = asDefault ? [bank, ...account.more_banks] : [...account.more_banks, bank];
  return { ...account, more_banks };
}

function without(account: AccountRecord, bank: string): AccountRecord {
  const more_banks = account.more_banks.filter((one) => one.id !== bank);
  if (account.bank?.id !== bank) return { ...account, more_banks };
  const next = more_banks.find((one) => one.currency === account.currency) ?? null;
  return { ...account, bank: next, more_banks: more_banks.filter((one) => one !== next) };
}
