import type Stripe from 'stripe';
import { invalid, lacking } from '../engine/errors.js';

/** Days from a payment until its money is available, on the platform and on connected accounts alike. */
export const DELAY_DAYS = 2;

type Schedule = Stripe.BalanceSettings.Payments.Payouts.Schedule;
type Update = Stripe.BalanceSettingsUpdateParams;

export function newSettings(): Stripe.BalanceSettings {
  return {
    object: 'balance_settings',
    payments: {
      debit_negative_balances: true,
      payouts: {
        automatic_transfer_rules_by_currency: null,
        minimum_balance_by_currency: null,
        schedule: { interval: 'daily' },
        statement_descriptor: null,
        status: 'enabled',
      },
      settlement_timing: { delay_days: DELAY_DAYS, start_of_day: null },
    },
  };
}

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Whether automatic payouts are made on the UTC day of `time` (milliseconds). A month's missing day is its last. */
export function isPayoutDay(schedule: Schedule | null, time: number): boolean {
  const day = new Date(time);
  const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  switch (schedule?.interval) {
    case 'daily':
      return true;
    case 'weekly':
      return (schedule.weekly_payout_days ?? ['monday']).includes(WEEK[day.getUTCDay()]!);
    case 'monthly':
      return (schedule.monthly_payout_days ?? [1]).some(
        (date) => Math.min(date, lastOfMonth) === day.getUTCDate(),
      );
    default:
      return false;
  }
}

export function updateSettings(before: Stripe.BalanceSettings, params: Update): Stripe.BalanceSettings {
  const { debit_negative_balances, payouts, settlement_timing } = params.payments ?? {};
  const was = before.payments.payouts!;
  const override = settlement_timing?.delay_days_override;
  if (typeof override === 'number' && override < DELAY_DAYS) {
    throw invalid(`You cannot lower this account's delay days below ${DELAY_DAYS}.`, {
      param: 'payments[settlement_timing][delay_days_override]',
    });
  }
  const { delay_days_override: _, ...timing } = before.payments.settlement_timing;
  const overridden =
    typeof override === 'number' ? { delay_days: override, delay_days_override: override } : null;
  return {
    object: 'balance_settings',
    payments: {
      debit_negative_balances: debit_negative_balances ?? before.payments.debit_negative_balances,
      payouts: {
        ...was,
        minimum_balance_by_currency: mergeMinimums(
          was.minimum_balance_by_currency,
          payouts?.minimum_balance_by_currency,
        ),
        schedule: mergeSchedule(was.schedule, payouts?.schedule),
        statement_descriptor:
          payouts?.statement_descriptor === undefined
            ? was.statement_descriptor
            : payouts.statement_descriptor || null,
      },
      settlement_timing:
        override === undefined
          ? before.payments.settlement_timing
          : { ...timing, delay_days: DELAY_DAYS, ...overridden },
    },
  };
}

type ScheduleParams = NonNullable<NonNullable<Update['payments']>['payouts']>['schedule'];

/** Days belong to their interval: required with it, and refused without it. */
function mergeSchedule(before: Schedule | null, params: ScheduleParams): Schedule | null {
  if (!params) return before;
  const interval = params.interval ?? before?.interval ?? null;
  const after: Schedule = { interval };
  for (const [name, owner] of [
    ['weekly_payout_days', 'weekly'],
    ['monthly_payout_days', 'monthly'],
  ] as const) {
    const param = `payments[payouts][schedule][${name}]`;
    const days = params[name] ?? (before?.interval === interval ? before[name] : undefined);
    if (interval !== owner) {
      if (params[name])
        throw invalid(`\`${name}\` can only be set when \`interval\` is ${owner}.`, { param });
    } else if (days?.length) Object.assign(after, { [name]: days });
    else throw lacking(param);
  }
  return after;
}

type Minimums = Record<string, number> | null;

function mergeMinimums(
  before: Minimums,
  params: Record<string, number | '' | null> | '' | null | undefined,
): Minimums {
  if (params === undefined) return before;
  if (params === null || params === '') return null;
  const merged = { ...before };
  for (const [currency, amount] of Object.entries(params)) {
    if (amount === null || amount === '') delete merged[currency];
    else merged[currency] = amount;
  }
  return merged;
}
