import fc from 'fast-check';
import { allocate, DomainError, Money, newId, percentage, Split, StateTable } from './index.js';

describe('allocate', () => {
  it('gives every last unit away, and no part differs from its exact share by a whole unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 }),
        (total, weights) => {
          const parts = allocate(total, weights);
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
          const sum = weights.reduce((a, b) => a + b, 0n);
          if (sum === 0n) return;
          parts.forEach((part, i) => {
            const distance = part * sum - total * weights[i]!;
            expect(distance < sum && distance > -sum).toBe(true);
          });
        },
      ),
    );
  });

  it('splits 100 cents over three as 34, 33, 33', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  });
});

describe('percentage', () => {
  it('rounds half up', () => {
    expect(percentage(105n, 1000n)).toBe(11n);
    expect(percentage(104n, 1000n)).toBe(10n);
    expect(percentage(-105n, 1000n)).toBe(-11n);
  });
});

describe('Money', () => {
  it('reads and writes each currency with its own decimals', () => {
    expect(Money.parse('1,234.50', 'usd').amount).toBe(123450n);
    expect(Money.parse('12,5', 'eur').amount).toBe(1250n);
    expect(Money.parse('1200', 'jpy').amount).toBe(1200n);
    expect(Money.parse('1.250', 'kwd').amount).toBe(1250n);
    expect(Money.of(1200n, 'jpy').format()).toBe('¥1,200');
    expect(Money.of(-5n, 'usd').format()).toBe('-$0.05');
    expect(Money.of(9007199254740993n, 'usd').format()).toBe('$90,071,992,547,409.93');
  });

  it('refuses what the currency cannot hold instead of rounding it', () => {
    for (const [text, currency] of [
      ['1.005', 'usd'],
      ['1.5', 'jpy'],
      ['1.255', 'kwd'],
      ['1.50', 'isk'],
      ['abc', 'usd'],
      ['', 'usd'],
    ] as const) {
      expect(() => Money.parse(text, currency)).toThrow(DomainError);
    }
  });

  it('reads back every amount that it writes', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }),
        fc.constantFrom('usd', 'jpy', 'eur'),
        (amount, currency) => {
          expect(Money.parse(Money.of(amount, currency).toDecimal(), currency).amount).toBe(amount);
        },
      ),
    );
  });

  it('never mixes currencies', () => {
    expect(() => Money.of(1n, 'usd').plus(Money.of(1n, 'eur'))).toThrow('mixed');
  });
});

describe('Split', () => {
  it('refuses parts that do not make the whole', () => {
    const usd = (amount: bigint) => Money.of(amount, 'usd');
    expect(new Split(usd(1000n), usd(877n), usd(123n), usd(0n)).sellerNet.amount).toBe(877n);
    expect(() => new Split(usd(1000n), usd(877n), usd(122n), usd(0n))).toThrow('do not make');
    expect(() => new Split(usd(1000n), usd(1100n), usd(-100n), usd(0n))).toThrow('negative');
  });
});

describe('StateTable', () => {
  it('refuses undeclared edges, two targets for one edge, and edges from nowhere', () => {
    const table = new StateTable<'open' | 'done' | 'lost', 'finish'>('thing', 'open', [
      { from: 'open', verb: 'finish', actor: 'system', to: 'done' },
    ]);
    expect(table.move('open', 'finish')).toBe('done');
    expect(() => table.move('done', 'finish')).toThrow('This thing is done');
    expect(
      () =>
        new StateTable('thing', 'open', [
          { from: 'open', verb: 'finish', actor: 'system', to: 'done' },
          { from: 'open', verb: 'finish', actor: 'system', to: 'lost' },
        ]),
    ).toThrow('leads to');
    expect(
      () => new StateTable('thing', 'open', [{ from: 'lost', verb: 'finish', actor: 'system', to: 'done' }]),
    ).toThrow('nothing leads');
  });
});

describe('newId', () => {
  it('sorts by creation and never repeats', () => {
    const ids = Array.from({ length: 5000 }, () => newId('ord'));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });
});
