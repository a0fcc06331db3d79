import { currencyDecimals, formatDateTime, formatMoney, toDecimal } from './format.js';

describe('money as people read it', () => {
  it('uses the decimals of its currency', () => {
    expect(formatMoney(123456n, 'eur')).toBe('€1,234.56');
    expect(formatMoney(1200n, 'JPY')).toBe('¥1,200');
    expect(formatMoney(1230n, 'kwd').replace(/\s/, ' ')).toBe('KWD 1.230');
    expect(currencyDecimals('usd')).toBe(2);
  });

  it('writes a true minus before a negative amount', () => {
    expect(formatMoney(-5n, 'usd')).toBe('\u2212$0.05');
  });

  it('keeps every digit of an amount that a float would round', () => {
    expect(toDecimal(900719925474099301n, 'eur')).toBe('9007199254740993.01');
    expect(formatMoney(900719925474099301n, 'eur')).toBe('€9,007,199,254,740,993.01');
  });
});

it('says the zone of a moment', () => {
  expect(formatDateTime(new Date('2026-05-03T14:05:00Z'))).toBe('3 May 2026, 14:05 UTC');
});
