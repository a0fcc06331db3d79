import { Money } from '#kernel';
import { forecast, holds, isPayoutDay, type Schedule } from './forecast.rules.js';

const usd = (amount: bigint) => Money.of(amount, 'usd');
const daily: Schedule = { interval: 'daily', weeklyDays: [], monthlyDays: [], delayDays: 2, minimums: {} };

describe('the payout forecast', () => {
  it('pays out each day what has become available, and never more', () => {
    const { payouts, balance } = forecast({
      available: usd(500n),
      pending: [
        { day: '2026-05-01', money: usd(70n) },
        { day: '2026-05-05', money: usd(200n) },
      ],
      schedule: daily,
      today: '2026-05-03',
      days: 4,
    });
    expect(payouts).toEqual([
      { day: '2026-05-04', money: usd(570n) },
      { day: '2026-05-05', money: usd(200n) },
    ]);
    expect(balance.map(({ money }) => money.amount)).toEqual([570n, 570n, 200n, 0n, 0n]);
  });

  it('waits for the days of a weekly or monthly schedule; a missing day is the month’s last', () => {
    const weekly: Schedule = { ...daily, interval: 'weekly', weeklyDays: ['friday'] };
    const { payouts } = forecast({
      available: usd(500n),
      pending: [],
      schedule: weekly,
      today: '2026-05-03',
      days: 14,
    });
    expect(payouts).toEqual([{ day: '2026-05-08', money: usd(500n) }]);
    const monthly: Schedule = { ...daily, interval: 'monthly', monthlyDays: [31] };
    expect(isPayoutDay(monthly, '2026-02-28')).toBe(true);
    expect(isPayoutDay(monthly, '2026-03-30')).toBe(false);
  });

  it('keeps the minimum, pays nothing from below zero, and pays forints in whole ones', () => {
    const base = { pending: [], today: '2026-05-03', days: 2 };
    const kept = forecast({ ...base, available: usd(500n), schedule: { ...daily, minimums: { usd: 300n } } });
    expect(kept.payouts).toEqual([{ day: '2026-05-04', money: usd(200n) }]);
    expect(forecast({ ...base, available: usd(-5n), schedule: daily }).payouts).toEqual([]);
    const forints = forecast({ ...base, available: Money.of(123_456n, 'huf'), schedule: daily });
    expect(forints.payouts.map(({ money }) => money.amount)).toEqual([123_400n]);
  });

  it('plans nothing by hand', () => {
    const schedule: Schedule = { ...daily, interval: 'manual' };
    expect(
      forecast({ available: usd(5n), pending: [], schedule, today: '2026-05-03', days: 9 }).payouts,
    ).toEqual([]);
  });

  it('says why money does not move, one reason per sentence', () => {
    const found = holds({
      payoutsActive: false,
      payoutsReason: null,
      lastFailure: 'the bank account was closed. Enter another one',
      schedule: { ...daily, interval: 'manual', minimums: { eur: 1000n } },
      balances: [
        { available: usd(-250n), pending: usd(300n) },
        { available: Money.of(900n, 'eur'), pending: Money.of(0n, 'eur') },
      ],
    });
    expect(found.map(({ code }) => code)).toEqual([
      'payouts_off',
      'bank_failed',
      'manual',
      'negative',
      'minimum',
    ]);
    expect(found[3]!.sentence).toContain('-$2.50');
  });
});
