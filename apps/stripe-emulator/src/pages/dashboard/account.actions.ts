import type { AccountRecord } from '../../engine/account-record.js';
import { HOUR } from '../../engine/clock.js';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import type { Values } from '../ui/forms.js';

/** Why Stripe restricts an account, as the buttons offer it. */
export const RESTRICTIONS: Record<NonNullable<AccountRecord['restricted']>, string> = {
  restricted_other: 'Restricted while something is looked into',
  rejected_fraud: 'Rejected for suspected fraud',
  rejected_other: 'Rejected for another reason',
};

type Reason = { code: string; description: string };

/** What can be asked for once onboarding is over, and why: documents anew, the rest since it did not pass. */
export const ASKED: Record<string, Reason | null> = {
  'individual.verification.document': null,
  'company.verification.document': null,
  'individual.dob': {
    code: 'verification_failed_keyed_identity',
    description: 'We could not verify this date of birth. Check that it is as on your identity document.',
  },
  'individual.address': {
    code: 'verification_failed_address_match',
    description: 'We could not match this address to you. Enter the one on your latest bills.',
  },
  'individual.id_number': {
    code: 'verification_failed_id_number_match',
    description: 'This number does not belong to the name that you gave. Enter it again.',
  },
  'company.tax_id': {
    code: 'verification_failed_tax_id_match',
    description: 'This tax ID does not belong to the company that you named. Enter it again.',
  },
};

/** Until when, in hours; 0 sets no date. */
export const DEADLINES: Record<string, string> = {
  '24': 'In one day',
  '168': 'In seven days',
  '720': 'In thirty days',
  '0': 'No date',
};

const ACTIONS: Record<string, (engine: Engine, id: string, values: Values) => void> = {
  complete: (engine, id) => {
    engine.onboarding.complete(id);
  },
  restrict: (engine, id, { reason = '' }) => {
    if (!Object.hasOwn(RESTRICTIONS, reason)) throw invalid('Choose why the account is restricted.');
    engine.accounts.restrict(id, reason as keyof typeof RESTRICTIONS);
  },
  restore: (engine, id) => {
    engine.accounts.restore(id);
  },
  require: (engine, id, { field = '', hours = '' }) => {
    if (!Object.hasOwn(ASKED, field) || !Object.hasOwn(DEADLINES, hours))
      throw invalid('Choose what is asked for and until when.');
    const deadline = hours === '0' ? null : engine.clock.now() + Number(hours) * HOUR;
    engine.accounts.raise(id, { field, deadline, error: ASKED[field]! });
  },
  fail_bank: (engine, id) => engine.externalAccounts.disable(id),
  deauthorize: (engine, id) => engine.accounts.deauthorize(id),
};

/** Does what a button of an account's page says. Runs inside a transaction of the engine. */
export function actOn(engine: Engine, id: string, values: Values): void {
  const name = values['action'] ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw invalid('This button is not known. Open the account again.');
  if (engine.accounts.need(id).platform) throw invalid('The platform itself has no such buttons.');
  action(engine, id, values);
}
