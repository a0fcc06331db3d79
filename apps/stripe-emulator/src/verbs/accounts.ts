import type Stripe from 'stripe';
import type { AccountRecord, RaisedRequirement } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';
import { announce } from './account-news.js';
import { mergeAccount } from './account-params.js';
import { isActive } from './capability-v1.js';
import { accountV1, canCharge } from './account-v1.js';
import { accountV2, type Include } from './account-v2.js';
import { checkClosing, collectorOf, countryOf } from './account-v2-checks.js';
import { blankAccount } from './blank-account.js';
import { capability, requested } from './capabilities.js';
import { countrySpec, homeCurrency } from './country-specs.js';
import { newBank } from './external-account-objects.js';
import { outstanding } from './requirements.js';

/** Accounts: what changes them, and the events that follow from what became different. */
export class Accounts {
  constructor(private readonly engine: Engine) {
    engine.timers.on('requirement.deadline', (id) => this.passDeadline(id!));
  }

  createPlatform({ settle, name }: { settle?: string[]; name?: string }): AccountRecord {
    const { engine } = this;
    const record: AccountRecord = {
      ...blankAccount(engine.ids.next('acct'), engine.clock.now()),
      platform: true,
      country: 'US',
      currency: 'usd',
      settlement_currencies: settle ?? null,
      dashboard: 'full',
      display_name: name ?? 'Emulated platform',
      entity_type: 'company',
      tos_accepted_at: engine.clock.now(),
      details_submitted: true,
      bank: newBank(engine.ids, {
        account_number: '000123456789',
        routing_number: '110000000',
        country: 'US',
        currency: 'usd',
      }),
    };
    engine.store.insert('setting', '', { id: 'platform', value: record.id });
    engine.store.insert('account', '', record);
    engine.payouts.openAccount(record);
    return record;
  }

  rename(id: string, display_name: string): void {
    this.engine.store.update('account', '', id, { display_name });
  }

  /** What a buyer's bank statement says: 22 characters, of the letters that banks know. */
  descriptor(): string {
    const { display_name } = this.need(this.engine.platform);
    return (display_name ?? '')
      .toUpperCase()
      .replaceAll(/[<>\\'"*]/g, '')
      .slice(0, 22);
  }

  create(params: Stripe.V2.Core.AccountCreateParams): AccountRecord {
    const { engine } = this;
    const country = countryOf(params);
    const balance = params.configuration?.recipient?.capabilities?.stripe_balance;
    const asked = Boolean(balance?.stripe_transfers?.requested);
    return this.open((blank) =>
      collectorOf(
        mergeAccount(
          {
            ...blank,
            country,
            currency:
              params.defaults?.currency ?? (country && countrySpec(country) ? homeCurrency(country) : null),
            recipient: params.configuration?.recipient
              ? { requested: asked ? ['stripe_transfers', 'payouts'] : [] }
              : null,
          },
          params,
          engine.clock.now(),
        ),
      ),
    );
  }

  /** Keeps a new account, whichever way it was made. */
  open(make: (blank: AccountRecord) => AccountRecord): AccountRecord {
    const { engine } = this;
    const record = engine.store.insert(
      'account',
      '',
      make(blankAccount(engine.ids.next('acct'), engine.clock.now())),
    );
    engine.payouts.openAccount(record);
    engine.events.emitThin(record.id, 'v2.core.account.created');
    return record;
  }

  /** Records that an earlier version kept have all that this one knows. */
  completeRecords(): void {
    for (const record of [...this.engine.store.all('account', '')]) {
      const whole = { ...blankAccount(record.id, record.created), ...record };
      if (Object.keys(whole).length > Object.keys(record).length)
        this.engine.store.insert('account', '', whole);
    }
  }

  update(id: string, params: Stripe.V2.Core.AccountUpdateParams): AccountRecord {
    const before = this.need(id);
    if (before.closed) throw invalid('A closed account cannot be updated.', { code: 'account_closed' });
    countryOf(params, before.country);
    const balance = params.configuration?.recipient?.capabilities?.stripe_balance;
    const changed = this.change(id, (account) => {
      const recipient = balance?.stripe_transfers?.requested
        ? { requested: ['stripe_transfers' as const, 'payouts' as const] }
        : account.recipient;
      return collectorOf(mergeAccount({ ...account, recipient }, params, this.engine.clock.now()));
    });
    return changed;
  }

  /** By v2. @param named the configurations that it is said to have; left out, all that it has */
  close(id: string, named?: string[]): AccountRecord {
    const record = this.need(id);
    if (record.closed) return record;
    checkClosing(record, this.v2(record).applied_configurations, this.holdsMoney(id), named);
    return this.end(id);
  }

  holdsMoney(id: string): boolean {
    const { ledger } = this.engine;
    return [...ledger.currencies(id)].some((currency) => ledger.total(id, currency) !== 0);
  }

  /** Nothing can be done with it from now on. */
  end(id: string): AccountRecord {
    const closed = this.change(id, (account) => ({ ...account, closed: true }));
    this.engine.events.emitThin(id, 'v2.core.account.closed');
    return closed;
  }

  /** The platform loses access: from then on its calls for this account are refused. */
  deauthorize(id: string): void {
    const record = this.need(id);
    const application = {
      id: `ca_${record.id.slice(5)}`,
      object: 'application',
      name: this.need(this.engine.platform).display_name,
    };
    this.engine.events.emit(id, 'account.application.deauthorized', application);
    this.change(id, (account) => ({ ...account, deauthorized: true }));
  }

  restrict(id: string, reason: AccountRecord['restricted']): AccountRecord {
    return this.change(id, (account) => ({ ...account, restricted: reason }));
  }

  /** Lifts a restriction and everything that was asked for on top of onboarding. */
  restore(id: string): AccountRecord {
    return this.change(id, (account) => ({ ...account, restricted: null, raised: [] }));
  }

  raise(id: string, requirement: RaisedRequirement): AccountRecord {
    const changed = this.change(id, (account) => ({ ...account, raised: [...account.raised, requirement] }));
    if (requirement.deadline !== null)
      this.engine.timers.set(requirement.deadline, 'requirement.deadline', [id]);
    return changed;
  }

  /** Applies a change and tells what it changed. */
  change(id: string, edit: (account: AccountRecord) => AccountRecord): AccountRecord {
    const before = this.need(id);
    const at = this.engine.clock.now();
    const after = this.engine.store.update('account', '', id, submitted(edit(before), at));
    announce(this.engine, { record: before, at }, { record: after, at });
    return after;
  }

  /** Stripe's fees on what buyers pay an account itself are the platform's where it took that on. */
  payerOfFees(account: string): string {
    const record = this.need(account);
    const { platform } = this.engine;
    return !record.platform && (record.fees_collector ?? 'application') === 'application'
      ? platform
      : account;
  }

  /** @throws Refusal when buyers can't pay this account itself */
  checkCharges(account: string): void {
    const record = this.need(account);
    if (canCharge(record, this.engine.clock.now())) return;
    throw invalid(
      'Your account cannot currently make charges: it needs the card_payments capability, active.',
      {
        status: 403,
        code: 'account_invalid',
      },
    );
  }

  /** @throws Refusal when nobody can be charged in this account's name */
  checkOnBehalfOf(account: string): void {
    const record = this.reach(account, 'on_behalf_of');
    if (canCharge(record, this.engine.clock.now())) return;
    throw invalid(
      `The account ${account} can't be named in on_behalf_of: it needs the card_payments capability, active.`,
      { code: 'account_invalid', param: 'on_behalf_of' },
    );
  }

  canReceive(record: AccountRecord): boolean {
    if (record.closed || record.deauthorized) return false;
    if (isActive(record, 'legacy_payments', this.engine.clock.now())) return true;
    return (
      requested(record).includes('stripe_transfers') && this.status(record, 'stripe_transfers') === 'active'
    );
  }

  canBePaidOut(record: AccountRecord): boolean {
    return record.platform || (!record.closed && this.status(record, 'payouts') === 'active');
  }

  need(id: string, param = 'account'): AccountRecord {
    const record = this.engine.store.get('account', '', id);
    if (!record) throw missing('account', id, param);
    return record;
  }

  /** An account that the platform still has access to; @throws Refusal as for one that never was. */
  reach(id: string, param = 'account'): AccountRecord {
    const record = this.need(id, param);
    if (record.deauthorized) throw missing('account', id, param);
    return record;
  }

  v1(record: AccountRecord): Stripe.Account {
    const { clock, payouts } = this.engine;
    return accountV1(record, payouts.settings(record.id), clock.now());
  }

  v2(record: AccountRecord, include: Include[] = []): Stripe.V2.Core.Account {
    return accountV2(record, include, this.engine.clock.now(), this.engine.livemode);
  }

  private status(record: AccountRecord, name: 'stripe_transfers' | 'payouts') {
    return capability(record, name, this.engine.clock.now()).status;
  }

  private passDeadline(id: string): void {
    // The clock alone changed what the record means, so compare with the moment before.
    const record = this.need(id);
    const at = this.engine.clock.now();
    announce(this.engine, { record, at: at - 1 }, { record, at });
  }
}

/** Details count as submitted once nothing is left to ask for, whoever gave them. */
function submitted(account: AccountRecord, now: number): AccountRecord {
  const details_submitted = account.details_submitted || outstanding(account, now).length === 0;
  return { ...account, details_submitted };
}
