import { proportion } from './proportion.js';

describe('proportional parts', () => {
  it('add up to the whole, however it is cut', () => {
    for (const [amount, cuts] of [
      [100, [333, 333, 334]],
      [123, [1, 998, 1]],
      [7, [500, 500]],
    ] as const) {
      const whole = cuts.reduce<number>((sum, cut) => sum + cut, 0);
      let done = 0;
      let taken = 0;
      for (const cut of cuts) {
        done += cut;
        taken += proportion(amount, done, whole, taken);
      }
      expect(taken).toBe(amount);
    }
  });

  it('takes nothing when more than the share has gone already', () => {
    expect(proportion(100, 500, 1000, 80)).toBe(0);
  });
});
