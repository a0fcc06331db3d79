import { SECOND } from '../engine/clock.js';
import type { BankDetails } from '../verbs/external-account-objects.js';
import type { OnboardingAnswers } from '../verbs/onboarding.js';
import { any, currency, int, list, oneOf, required, str } from '../http/params.js';
import { control, type ControlCall } from './index.js';

type Reason = 'rejected_fraud' | 'rejected_other' | 'restricted_other';

/** The account as the API shows it, after what was done to it. */
function done({ engine, ids }: ControlCall, verb: (id: string) => unknown) {
  const id = ids['id']!;
  engine.transact(() => {
    engine.accounts.need(id, 'id');
    verb(id);
  });
  return engine.accounts.v2(engine.accounts.need(id), [
    'configuration.recipient',
    'requirements',
    'identity',
    'defaults',
  ]);
}

export const accountControls = [
  control<{ answers?: OnboardingAnswers }>(
    'POST',
    '/accounts/:id/complete_onboarding',
    { answers: any },
    (call, { answers }) => done(call, (id) => call.engine.onboarding.complete(id, answers)),
  ),
  control<{ answers: OnboardingAnswers }>(
    'POST',
    '/accounts/:id/answer',
    { answers: required(any) },
    (call, { answers }) => done(call, (id) => call.engine.onboarding.answer(id, answers)),
  ),
  control<{ reason?: Reason }>(
    'POST',
    '/accounts/:id/restrict',
    { reason: oneOf('rejected_fraud', 'rejected_other', 'restricted_other') },
    (call, { reason }) => done(call, (id) => call.engine.accounts.restrict(id, reason ?? 'restricted_other')),
  ),
  control('POST', '/accounts/:id/restore', {}, (call) =>
    done(call, (id) => call.engine.accounts.restore(id)),
  ),
  control<{ field?: string; deadline_in_seconds?: number; code?: string; description?: string }>(
    'POST',
    '/accounts/:id/requirement',
    { field: str, deadline_in_seconds: int(0), code: str, description: str },
    (call, params) =>
      done(call, (id) => {
        const { clock, accounts } = call.engine;
        const { deadline_in_seconds: wait, code, description } = params;
        accounts.raise(id, {
          field: params.field ?? 'individual.verification.document',
          deadline: wait === undefined ? null : clock.now() + wait * SECOND,
          error: code ? { code, description: description ?? 'What was given could not be verified.' } : null,
        });
      }),
  ),
  control('POST', '/accounts/:id/deauthorize', {}, (call) =>
    done(call, (id) => call.engine.accounts.deauthorize(id)),
  ),
  control<BankDetails>(
    'POST',
    '/accounts/:id/bank',
    {
      account_number: required(str),
      routing_number: str,
      country: str,
      currency: required(str),
      holder_name: str,
    },
    (call, details) => done(call, (id) => call.engine.externalAccounts.set(id, details)),
  ),
  control<{ currencies: string[] | null }>(
    'POST',
    '/accounts/:id/settlement',
    { currencies: list(currency) },
    ({ engine, ids }, { currencies }) =>
      engine.transact(() => {
        engine.accounts.need(ids['id']!, 'id');
        return {
          settlement_currencies: engine.settlement.set(ids['id']!, currencies ?? null).settlement_currencies,
        };
      }),
  ),
  control<{ code?: string }>(
    'POST',
    '/accounts/:id/payouts/:payout/fail',
    { code: str },
    ({ engine, ids }, { code }) =>
      engine.transact(() => {
        engine.payoutJourney.fail(ids['id']!, ids['payout']!, code ?? 'account_closed');
        return engine.store.need('payout', ids['id']!, ids['payout']!);
      }),
  ),
];
