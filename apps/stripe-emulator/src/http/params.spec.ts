import { int, object, readParams, str, until } from './params.js';

describe('parameters that a later version dropped', () => {
  const spec = { amount: int(), coupon: until('2025-03-31.basil', str) };

  it('are taken from calls made in a version that still had them', () => {
    expect(readParams(spec, { coupon: 'A' }, false, '2025-02-24.acacia')).toEqual({ coupon: 'A' });
    expect(readParams(spec, { coupon: 'A' }, false, '2019-12-03')).toEqual({ coupon: 'A' });
  });

  it.each(['2025-03-31.basil', '2026-10-28.endive'])('are unknown in %s', (version) => {
    expect(() => readParams(spec, { coupon: 'A' }, false, version)).toThrow(
      'Received unknown parameter: coupon',
    );
  });

  it('are known by their version below another parameter, too', () => {
    const nested = { item: object(spec) };
    expect(readParams(nested, { item: { coupon: 'A' } }, false, '2019-12-03')).toEqual({
      item: { coupon: 'A' },
    });
    expect(() => readParams(nested, { item: { coupon: 'A' } }, false)).toThrow('item[coupon]');
  });
});
