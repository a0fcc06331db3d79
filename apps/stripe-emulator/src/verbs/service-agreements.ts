import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { invalid } from '../engine/errors.js';

type Params = Pick<Stripe.AccountUpdateParams, 'tos_acceptance' | 'capabilities'>;

/** What an account can ask for that has no relationship with Stripe itself. */
const OF_RECIPIENTS = ['transfers', 'tax_reporting_us_1099_misc', 'tax_reporting_us_1099_k'];

/** By https://docs.stripe.com/connect/service-agreement-types. @throws Refusal */
export function checkTerms(record: AccountRecord, params: Params, platformCountry: string): void {
  const { date, ip, service_agreement: agreement } = params.tos_acceptance ?? {};
  const param = 'tos_acceptance[service_agreement]';
  if ((date !== undefined || ip !== undefined) && record.requirement_collection === 'stripe') {
    throw invalid(
      'You cannot accept the Terms of Service on behalf of Standard and Express connected accounts.',
      { param: 'tos_acceptance' },
    );
  }
  if (agreement && record.tos_accepted_at && agreement !== (record.tos.agreement ?? 'full'))
    throw invalid('The service agreement of an account cannot be changed once it has been accepted.', {
      param,
    });
  if ((agreement ?? record.tos.agreement) !== 'recipient') return;
  if (record.losses_collector === 'stripe' || record.dashboard === 'full')
    throw invalid(
      'The recipient service agreement is for accounts whose losses the platform bears and that have no full dashboard.',
      { param },
    );
  if (record.country === platformCountry)
    throw invalid(
      `The recipient ToS agreement is not supported for platforms in ${platformCountry} creating accounts in ${record.country}.`,
      { param },
    );
  const asked = params.capabilities as Record<string, { requested?: boolean } | undefined> | undefined;
  const names = [
    ...Object.keys(record.capabilities),
    ...Object.keys(asked ?? {}).filter((name) => asked![name]?.requested),
  ];
  const beyond = names.find((name) => !OF_RECIPIENTS.includes(name) && asked?.[name]?.requested !== false);
  if (beyond)
    throw invalid(`Accounts under the recipient service agreement cannot request the ${beyond} capability.`, {
      param: `capabilities[${beyond}]`,
    });
}
