import { earlier } from './earlier.js';

describe('previous_attributes', () => {
  it('name what changed and nothing else, also inside of objects', () => {
    const before = {
      name: 'Ada',
      metadata: { a: '1', b: '2' },
      invoice_settings: { footer: null, method: null },
    };
    const after = {
      name: 'Ada',
      metadata: { a: '1', c: '3' },
      invoice_settings: { footer: null, method: 'pm_1' },
    };
    expect(earlier(before, after)).toEqual({
      metadata: { b: '2', c: null },
      invoice_settings: { method: null },
    });
  });

  it('keep lists whole', () => {
    expect(earlier({ items: [1, 2], url: '/' }, { items: [1], url: '/' })).toEqual({ items: [1, 2] });
  });
});
