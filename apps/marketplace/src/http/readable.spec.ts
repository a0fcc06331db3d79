import { isReadable } from './readable.js';

describe('what was sent is readable', () => {
  it.each([['Ada'], ['Größe 🏺'], [''], [7], [null], [undefined], [{ lines: [{ name: 'Bowl' }] }]])(
    '%j is',
    (value) => expect(isReadable(value)).toBe(true),
  );

  it.each([
    ['a\0b'],
    ['half a \ud83c pair'],
    [{ lines: [{ name: 'a\0b' }] }],
    [{ 'a\0b': 1 }],
    [['fine', '\udfff']],
    [{ toString: 'no function' }],
    [JSON.parse('{"quantity": {"__proto__": 1}}')],
    [JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))],
  ])('%# is not', (value) => expect(isReadable(value)).toBe(false));
});
