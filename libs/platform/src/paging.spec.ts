import { decodeCursor, keyset, pageOf } from './index.js';

describe('keyset paging', () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({ id: `id${String(i).padStart(2, '0')}` }));

  function read(cursorText: string | null) {
    const cursor = decodeCursor(cursorText, ['text']);
    const { where, orderBy } = keyset(['id'], cursor, 2);
    const backwards = orderBy.endsWith('asc');
    const sorted = backwards ? rows : [...rows].reverse();
    const start = cursor?.values[0];
    const wanted = sorted.filter(
      (row) => where === 'true' || (backwards ? row.id > start! : row.id < start!),
    );
    return pageOf(wanted.slice(0, 11), 10, cursor, (row) => [row.id]);
  }

  it('shows every row once going forward, and the same pages going back', () => {
    const first = read(null);
    const second = read(first.next);
    const third = read(second.next);
    expect([...first.items, ...second.items, ...third.items]).toEqual([...rows].reverse());
    expect([first.previous, third.next]).toEqual([null, null]);
    expect(read(third.previous).items).toEqual(second.items);
    expect(read(read(third.previous).previous).items).toEqual(first.items);
  });

  it('refuses a cursor that we did not make', () => {
    const made = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
    expect(() => decodeCursor('rubbish', ['text'])).toThrow('no longer valid');
    expect(() => decodeCursor(made([1, { a: 1 }]), ['text'])).toThrow('no longer valid');
    expect(() => decodeCursor(made([1, 'a', 'b']), ['text'])).toThrow('no longer valid');
  });

  it.each([
    ['time', 'yesterday', '2026-11-27T08:50:33.123456Z'],
    ['time', '2026-13-01', '2026-11-27'],
    ['whole', 1e308, 3],
    ['whole', '9'.repeat(30), '9007199254740993'],
    ['fraction', 1e308, 0.0607927],
    ['text', '\0', 'id01'],
  ] as const)('takes no %s from outside that PostgreSQL would fail on', (kind, bad, good) => {
    const made = (value: unknown) => Buffer.from(JSON.stringify([1, value])).toString('base64url');
    expect(() => decodeCursor(made(bad), [kind])).toThrow('no longer valid');
    expect(decodeCursor(made(good), [kind])?.values).toEqual([good]);
  });
});
