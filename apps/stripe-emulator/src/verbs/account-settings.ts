import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { invalid } from '../engine/errors.js';

type Settings = Stripe.Account.Settings;
type Params = Stripe.AccountUpdateParams.Settings;

/** What is kept in the account's record; how it is paid out is kept with its balance. */
export type SettingsGroup = Exclude<keyof Params, 'payouts'>;

const GROUPS: readonly SettingsGroup[] = [
  'bacs_debit_payments',
  'branding',
  'card_issuing',
  'card_payments',
  'invoices',
  'payments',
  'paypay_payments',
  'sepa_debit_payments',
  'treasury',
];

const CARD_PAYMENTS = {
  decline_on: { avs_failure: false, cvc_failure: false },
  statement_descriptor_prefix: null,
  statement_descriptor_prefix_kana: null,
  statement_descriptor_prefix_kanji: null,
};

/** Settings as v1 shows them. @param balance how the account is paid out */
export function accountSettings(record: AccountRecord, balance: Stripe.BalanceSettings): Settings {
  const { settings: given } = record;
  return {
    bacs_debit_payments: { display_name: null, service_user_number: null, ...given.bacs_debit_payments },
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null, ...given.branding },
    card_issuing: merge({ tos_acceptance: { date: null, ip: null } }, given.card_issuing ?? {}),
    card_payments: merge(CARD_PAYMENTS, given.card_payments ?? {}) as Settings['card_payments'] & object,
    dashboard: { display_name: record.display_name, timezone: 'Etc/UTC' },
    invoices: { default_account_tax_ids: null, hosted_payment_method_save: null, ...given.invoices },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
      ...given.payments,
    },
    payouts: payoutSettings(balance),
    ...(given.paypay_payments && { paypay_payments: given.paypay_payments }),
    sepa_debit_payments: { ...given.sepa_debit_payments },
    ...(given.treasury && { treasury: given.treasury as Settings['treasury'] & object }),
  };
}

function payoutSettings({ payments }: Stripe.BalanceSettings): Settings['payouts'] {
  const { schedule, statement_descriptor } = payments.payouts!;
  const { interval, monthly_payout_days: monthly, weekly_payout_days: weekly } = schedule!;
  return {
    debit_negative_balances: payments.debit_negative_balances ?? true,
    schedule: {
      delay_days: payments.settlement_timing.delay_days,
      interval: interval ?? 'manual',
      ...(monthly && { monthly_anchor: monthly[0]!, monthly_payout_days: monthly }),
      ...(weekly && { weekly_anchor: weekly[0]!, weekly_payout_days: weekly }),
    },
    statement_descriptor,
  };
}

/** What is not named stays; an empty text unsets. */
export function mergeSettings(
  before: AccountRecord['settings'],
  params: Params | undefined,
): AccountRecord['settings'] {
  const after = { ...before };
  for (const name of GROUPS) {
    const given = params?.[name];
    if (given) after[name] = merge(before[name] ?? {}, given);
  }
  return after;
}

type Fields = Record<string, unknown>;

function merge(before: Fields, given: object): Fields {
  const entries = Object.entries(given).map(([name, value]: [string, unknown]) => {
    const isHash = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isHash) return [name, merge((before[name] ?? {}) as Fields, value)];
    return [name, value === '' ? null : value];
  });
  return { ...before, ...(Object.fromEntries(entries) as Fields) };
}

/** The same wish about payouts in the words of balance settings. */
export function balanceParams(payouts: NonNullable<Params['payouts']>): Stripe.BalanceSettingsUpdateParams {
  const { debit_negative_balances, schedule, statement_descriptor } = payouts;
  const { delay_days: delay, interval, monthly_anchor, weekly_anchor } = schedule ?? {};
  const monthly =
    schedule?.monthly_payout_days ?? (monthly_anchor === undefined ? undefined : [monthly_anchor]);
  const weekly =
    schedule?.weekly_payout_days ?? (weekly_anchor === undefined ? undefined : [weekly_anchor as 'monday']);
  for (const [each, days, anchor] of [
    ['weekly', weekly, 'weekly_anchor'],
    ['monthly', monthly, 'monthly_anchor'],
  ] as const) {
    if (interval === each && !days) throw missingAnchor(`settings[payouts][schedule][${anchor}]`);
  }
  return {
    payments: {
      ...(debit_negative_balances !== undefined && { debit_negative_balances }),
      payouts: {
        ...((interval ?? monthly ?? weekly) && {
          schedule: {
            ...(interval && { interval: interval as 'daily' }),
            ...(monthly && { monthly_payout_days: monthly }),
            ...(weekly && { weekly_payout_days: weekly as 'monday'[] }),
          },
        }),
        ...(statement_descriptor !== undefined && { statement_descriptor }),
      },
      ...(delay !== undefined && {
        settlement_timing: { delay_days_override: delay === 'minimum' ? '' : Number(delay) },
      }),
    },
  };
}

const missingAnchor = (param: string) =>
  invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
