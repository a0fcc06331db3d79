import { breakAt, breakAtEnd, chainStart, type SealedText, sealOf } from './chain.rules.js';

const entry = (id: string, more: Partial<SealedText> = {}): SealedText => ({
  id,
  at: '2026-05-03T14:05:00.000001Z',
  actor_kind: 'user',
  actor_id: 'usr_1',
  action: 'fee_rule.created',
  subject: 'fee_1',
  before: null,
  after: '{"percent":10}',
  reason: null,
  ...more,
});

/** Three entries, sealed one after another. */
function chain() {
  let end = chainStart;
  return ['1', '2', '3'].map((id) => {
    end = sealOf(end, entry(id));
    return { ...entry(id), ...end };
  });
}

describe('the audit chain', () => {
  it('holds from the first entry to the last', () => {
    const [first, second, third] = chain();
    expect(breakAt(chainStart, first!)).toBeNull();
    expect(breakAt(first!, second!)).toBeNull();
    expect(breakAt(second!, third!)).toBeNull();
    expect(breakAtEnd(third!, third!)).toBeNull();
  });

  it.each([
    ['action', 'fee_rule.deleted'],
    ['subject', 'fee_2'],
    ['after', '{"percent":1}'],
    ['reason', 'because'],
    ['actor_id', 'usr_2'],
    ['at', '2026-05-03T14:05:00.000002Z'],
  ] as const)('shows a changed %s', (field, value) => {
    const [first, second] = chain();
    expect(breakAt(first!, { ...second!, [field]: value })).toBe('Entry 2 was changed after it was sealed.');
  });

  it('shows text moved from one field to the next', () => {
    const one = sealOf(chainStart, entry('1', { action: 'ab', subject: 'c' }));
    const other = sealOf(chainStart, entry('1', { action: 'a', subject: 'bc' }));
    expect(one.hash.equals(other.hash)).toBe(false);
  });

  it('names the entries that were removed from the middle and from the end', () => {
    const [first, second, third] = chain();
    expect(breakAt(first!, third!)).toBe('Entry 2 was removed.');
    expect(breakAt(chainStart, third!)).toBe('Entries 1 to 2 were removed.');
    expect(breakAtEnd(first!, third!)).toBe('Entries 2 to 3 were removed.');
    expect(breakAtEnd(third!, second!)).toBe('Entry 3 was added past the end of the chain.');
  });
});
