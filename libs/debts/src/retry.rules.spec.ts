import { nextTry } from './retry.rules.js';

describe('a debt is tried again', () => {
  const now = new Date('2026-11-01T00:00:00Z');
  const hoursUntil = (tries: number) => (nextTry(tries, now).getTime() - now.getTime()) / 3_600_000;

  it('an hour after the first try, then ever later, and never less than once a day', () => {
    expect([1, 2, 3, 4, 5, 6, 40].map(hoursUntil)).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });
});
