import { moneyField, readMoney } from './format.js';

describe('an amount as somebody types it', () => {
  it.each([
    ['12.50', 'eur', 1250],
    ['12,5', 'eur', 1250],
    ['1 200', 'jpy', 1200],
    ['0.001', 'kwd', 1],
  ])('%s in %s is %d minor units', (text, currency, amount) => {
    expect(readMoney(text, currency)).toBe(amount);
  });

  it.each(['', '-1', '12.505', '1.2.3', '1e3', 'ten'])('%s of euros is none', (text) => {
    expect(readMoney(text, 'eur')).toBeNull();
  });

  it('is shown in a field as it can be read again', () => {
    for (const [amount, currency] of [
      [1250, 'eur'],
      [1200, 'jpy'],
      [1, 'kwd'],
    ] as const)
      expect(readMoney(moneyField(amount, currency), currency)).toBe(amount);
  });
});
