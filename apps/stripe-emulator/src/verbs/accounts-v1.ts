import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { exclusive, invalid } from '../engine/errors.js';
import { balanceParams } from './account-settings.js';
import { mergeV1, responsibilities } from './account-v1-params.js';
import type { Given } from './external-account-params.js';
import { countrySpec, homeCurrency } from './country-specs.js';
import { checkTerms } from './service-agreements.js';
import { accountCapability } from './capability-v1.js';

type Capability = Stripe.Capability;

/** v1's own ways of making and changing accounts: types, capabilities, rejection. */
export class AccountsV1 {
  constructor(private readonly engine: Engine) {}

  create(params: Stripe.AccountCreateParams): AccountRecord {
    const { engine } = this;
    if (params.type && params.controller) throw exclusive('type', 'controller');
    const country = params.country?.toUpperCase() ?? 'US';
    if (!countrySpec(country)) throw unknownCountry(country);
    const record = engine.accounts.open((blank) => ({
      ...this.merged(
        { ...blank, ...responsibilities(params), country },
        { default_currency: homeCurrency(country), ...params, country },
      ),
      // A full account of its own has been able to be paid since before there were capabilities.
      legacy_payments:
        params.capabilities === undefined && (params.type ?? 'standard') === 'standard' && !params.controller,
    }));
    this.follow(record.id, params);
    return engine.accounts.need(record.id);
  }

  update(id: string, params: Stripe.AccountUpdateParams): AccountRecord {
    const { engine } = this;
    const before = engine.accounts.reach(id);
    if (before.closed) throw invalid('A closed account cannot be updated.', { code: 'account_closed' });
    engine.accounts.change(id, (account) => this.merged(account, params));
    this.follow(id, params);
    return engine.accounts.need(id);
  }

  /** Takes the account away from the platform; in test mode at any time. @throws Refusal in live mode where Stripe keeps it */
  delete(id: string): Stripe.DeletedAccount {
    const { accounts, livemode } = this.engine;
    const { losses_collector, dashboard } = accounts.reach(id);
    if (livemode && losses_collector === 'stripe' && dashboard === 'full')
      throw invalid('Accounts with the full dashboard whose losses Stripe bears cannot be deleted.');
    if (livemode && accounts.holdsMoney(id))
      throw invalid('This account cannot be deleted: it still holds a balance.', {
        code: 'account_balance_not_zero',
      });
    accounts.end(id);
    accounts.deauthorize(id);
    return { id, object: 'account', deleted: true };
  }

  reject(id: string, reason: string): AccountRecord {
    const record = this.engine.accounts.reach(id);
    if (record.losses_collector === 'stripe')
      throw invalid('You can only reject accounts whose negative balances you are responsible for.');
    return this.engine.accounts.restrict(
      id,
      reason.startsWith('fraud') ? 'rejected_fraud' : 'rejected_other',
    );
  }

  /** Takes a rejection back; what else stands in the way still does. */
  unreject(id: string): AccountRecord {
    const record = this.engine.accounts.reach(id);
    if (!record.restricted?.startsWith('rejected'))
      throw invalid('You can only unreject accounts that you have rejected.');
    return this.engine.accounts.restrict(id, null);
  }

  capabilities(id: string): Capability[] {
    const record = this.engine.accounts.reach(id);
    const names = new Set([
      ...Object.keys(record.capabilities),
      ...(record.recipient?.requested.length ? ['transfers'] : []),
    ]);
    return [...names].map((name) => accountCapability(record, name, this.engine.clock.now()));
  }

  capability(id: string, name: string): Capability {
    return accountCapability(this.engine.accounts.reach(id), name, this.engine.clock.now());
  }

  requestCapability(id: string, name: string, requested: boolean): Capability {
    this.update(id, { capabilities: { [name]: { requested } } });
    return this.capability(id, name);
  }

  /** @throws Refusal when these terms, or what is asked for under them, are not to be had */
  private merged(record: AccountRecord, params: Parameters<typeof mergeV1>[1]): AccountRecord {
    const { accounts, clock, platform } = this.engine;
    checkTerms(record, params, accounts.need(platform).country!);
    return mergeV1(record, params, clock.now());
  }

  /** What is kept beside the account itself. */
  private follow(id: string, params: Stripe.AccountCreateParams | Stripe.AccountUpdateParams): void {
    const { engine } = this;
    const { external_account: bank, settings } = params;
    if (bank)
      engine.externalAccounts.create(id, { external_account: bank as Given, default_for_currency: true });
    if (settings?.payouts) engine.payouts.changeSettings(id, balanceParams(settings.payouts));
  }
}

function unknownCountry(country: string) {
  return invalid(`${country} is not currently supported by Stripe.`, {
    code: 'country_unsupported',
    param: 'country',
  });
}
