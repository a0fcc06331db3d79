import { currencyFacts, Money } from '#kernel';

export interface Schedule {
  readonly interval: 'manual' | 'daily' | 'weekly' | 'monthly';
  /** English names in lower case, as Stripe writes them. */
  readonly weeklyDays: readonly string[];
  readonly monthlyDays: readonly number[];
  /** Days from a payment until its money is available. */
  readonly delayDays: number;
  /** Minor units, by currency, that stay in the balance. */
  readonly minimums: Readonly<Record<string, bigint>>;
}

export interface Forecast {
  /** What will lie ready at the start of each day (ISO date, UTC), before that day's payout; the first is today. */
  readonly balance: { readonly day: string; readonly money: Money }[];
  readonly payouts: { readonly day: string; readonly money: Money }[];
}

const week = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * What the schedule will pay out of what is there now; sales to come are not guessed. `pending` is what becomes
 * available by day (ISO date); what is overdue counts as available.
 */
export function forecast(input: {
  available: Money;
  pending: readonly { day: string; money: Money }[];
  schedule: Schedule;
  today: string;
  days: number;
}): Forecast {
  const { schedule, today } = input;
  const { currency } = input.available;
  const step = currencyFacts(currency).payoutStep;
  const kept = Money.of(schedule.minimums[currency] ?? 0n, currency);
  const balance: Forecast['balance'] = [];
  const payouts: Forecast['payouts'] = [];
  let ready = input.available;
  for (let i = 0; i <= input.days; i++) {
    const day = addDays(today, i);
    const due = input.pending.filter((part) => (i === 0 ? part.day <= today : part.day === day));
    ready = Money.sum([ready, ...due.map((part) => part.money)], currency);
    balance.push({ day, money: ready });
    // Today's payout has been made, or is in Stripe's hands: what is ready now leaves on the next payout day.
    if (i === 0 || !isPayoutDay(schedule, day)) continue;
    const payable = ready.minus(kept);
    const amount = payable.amount - (payable.amount % step);
    if (amount <= 0n) continue;
    payouts.push({ day, money: Money.of(amount, currency) });
    ready = Money.of(ready.amount - amount, currency);
  }
  return { balance, payouts };
}

/** A month's missing day is its last. */
export function isPayoutDay(schedule: Schedule, day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  switch (schedule.interval) {
    case 'daily':
      return true;
    case 'weekly':
      return schedule.weeklyDays.includes(week[date.getUTCDay()]!);
    case 'monthly': {
      const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      return schedule.monthlyDays.some((wanted) => Math.min(wanted, last) === date.getUTCDate());
    }
    case 'manual':
      return false;
  }
}

export function scheduleWords(schedule: Schedule): string {
  const { interval, weeklyDays, monthlyDays } = schedule;
  const list = new Intl.ListFormat('en', { type: 'conjunction' });
  switch (interval) {
    case 'daily':
      return 'Every day';
    case 'weekly':
      return `Every ${list.format(weeklyDays.map((day) => day.charAt(0).toUpperCase() + day.slice(1)))}`;
    case 'monthly':
      return `Every month on day ${list.format(monthlyDays.map(String))}`;
    case 'manual':
      return 'By hand only';
  }
}

/** Why money does not move to the bank, as a code that programs can use and a sentence that people can. */
export interface Hold {
  readonly code: 'payouts_off' | 'bank_failed' | 'manual' | 'negative' | 'minimum';
  readonly currency: string | null;
  readonly sentence: string;
}

export function holds(input: {
  payoutsActive: boolean;
  /** Stripe's own words, where it gives a reason. */
  payoutsReason: string | null;
  /** In words, where the latest payout failed and none has arrived since. */
  lastFailure: string | null;
  schedule: Schedule;
  balances: readonly { available: Money; pending: Money }[];
}): Hold[] {
  const found: Hold[] = [];
  if (!input.payoutsActive) {
    const reason = input.payoutsReason ? ` ${input.payoutsReason}` : '';
    found.push({
      code: 'payouts_off',
      currency: null,
      sentence: `Stripe has payouts switched off for this account.${reason} Open Overview to see what Stripe needs.`,
    });
  }
  if (input.lastFailure) {
    found.push({
      code: 'bank_failed',
      currency: null,
      sentence: `The last payout failed: ${input.lastFailure}. Payouts go on once the bank details are mended.`,
    });
  }
  if (input.schedule.interval === 'manual') {
    found.push({
      code: 'manual',
      currency: null,
      sentence: 'Payouts are set to be made by hand, so none is planned.',
    });
  }
  for (const { available, pending } of input.balances) {
    const { currency } = available;
    const minimum = Money.of(input.schedule.minimums[currency] ?? 0n, currency);
    if (available.isNegative) {
      const after = pending.amount >= -available.amount ? ' What is on its way covers it.' : '';
      found.push({
        code: 'negative',
        currency,
        sentence: `The ${currency.toUpperCase()} balance is ${available.format()}, below zero: sales fill it up before anything is paid out.${after}`,
      });
    } else if (!minimum.isZero && !available.isZero && available.compare(minimum) <= 0) {
      found.push({
        code: 'minimum',
        currency,
        sentence: `${minimum.format()} is kept in the balance, so ${available.format()} is not paid out.`,
      });
    }
  }
  return found;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
