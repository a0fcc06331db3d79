import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { invalid } from '../engine/errors.js';

const COUNTRY_NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/**
 * The country that an account is said to be in, or is in. Where Stripe has no accounts, its capabilities will be unsupported.
 * @throws Refusal for what is no country, and when capabilities are asked for without one
 */
export function countryOf(
  { identity, configuration }: Stripe.V2.Core.AccountUpdateParams,
  before: string | null = null,
): string | null {
  const country = identity?.country?.toUpperCase() ?? before;
  const asks = configuration?.merchant?.capabilities ?? configuration?.recipient?.capabilities;
  if (country === null && asks) {
    const words = 'The `identity.country` value is required but not provided.';
    throw invalid(words, { code: 'identity_country_required' });
  }
  if (country !== null && !(/^(?!ZZ)[A-Z]{2}$/.test(country) && COUNTRY_NAMES.of(country)))
    throw invalid(`${country} is no country.`, { param: 'identity.country' });
  return country;
}

/** Who asks the owner for what is missing follows from the rest. https://docs.stripe.com/connect/accounts-v2/connected-account-configuration */
export function collectorOf(record: AccountRecord): AccountRecord {
  const isPlatforms = record.dashboard === 'none' && record.losses_collector === 'application';
  return { ...record, requirement_collection: isPlatforms ? 'application' : 'stripe' };
}

/** @throws Refusal when an account is not to be closed. @param named the configurations that it is said to have */
export function checkClosing(
  record: AccountRecord,
  applied: string[],
  holdsMoney: boolean,
  named?: string[],
): void {
  if (named && [...named].sort().join() !== [...applied].sort().join())
    throw invalid(`The configurations to close must be those of the account: ${applied.join(', ')}.`, {
      code: 'configs_must_match_to_close',
    });
  if (record.losses_collector === 'stripe' && record.dashboard === 'full')
    throw invalid('An account whose losses Stripe bears and that has the full dashboard cannot be closed.', {
      code: 'stripe_loss_liable_cannot_be_deleted',
    });
  const words = 'This account still holds a balance. Pay it out or reverse it before closing the account.';
  if (holdsMoney)
    throw invalid(words, { code: 'cannot_delete_account_with_balance', extra: { user_message: words } });
}
