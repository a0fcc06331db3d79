import { canSell, lookAgainMs, slugOf, stageOf, type Standing } from './selling.rules.js';

const account = { transfers: 'active', payouts: 'active', requirements: [], everActive: true } as const;
const good: Standing = { suspended: false, termsAccepted: true, hadAccount: true, account };

describe('whether a seller may sell', () => {
  it('needs active transfers, terms, a current account and no suspension', () => {
    expect(canSell(good)).toBe(true);
    expect(canSell({ ...good, suspended: true })).toBe(false);
    expect(canSell({ ...good, termsAccepted: false })).toBe(false);
    expect(canSell({ ...good, account: null })).toBe(false);
    for (const transfers of ['none', 'pending', 'restricted', 'rejected', 'unsupported'] as const)
      expect(canSell({ ...good, account: { ...account, transfers } })).toBe(false);
  });

  it('does not need payouts: the money waits in the balance', () => {
    const standing = { ...good, account: { ...account, payouts: 'restricted' } } as const;
    expect(canSell(standing)).toBe(true);
    expect(stageOf(standing)).toBe('attention');
  });

  it('has one stage, and a suspension hides what Stripe says', () => {
    expect(stageOf(good)).toBe('open');
    expect(stageOf({ ...good, suspended: true, account: null })).toBe('suspended');
    expect(stageOf({ ...good, account: null })).toBe('closed');
    expect(stageOf({ ...good, account: null, hadAccount: false })).toBe('new');
    const inactive = { ...account, transfers: 'restricted' } as const;
    expect(stageOf({ ...good, account: inactive })).toBe('restricted');
    expect(stageOf({ ...good, account: { ...inactive, everActive: false } })).toBe('onboarding');
  });

  it('asks for attention only for what the seller must do soon', () => {
    const requirement = {
      description: 'x', awaits: 'user', urgency: 'currently_due', deadline: null,
      restrictsTransfers: false, restrictsPayouts: false, problems: [],
    } as const; // prettier-ignore
    const stage = (change: object) =>
      stageOf({ ...good, account: { ...account, requirements: [{ ...requirement, ...change }] } });
    expect(stage({})).toBe('attention');
    expect(stage({ awaits: 'stripe' })).toBe('open');
    expect(stage({ urgency: 'eventually_due' })).toBe('open');
  });
});

describe('the address of a shop', () => {
  it.each([
    ['Tove’s Glass', 'tove-s-glass'],
    ['  Café Ångström & Söhne ', 'cafe-angstrom-sohne'],
    ['東京', ''],
    ['x'.repeat(80), 'x'.repeat(60)],
  ])('%s', (name, slug) => expect(slugOf(name)).toBe(slug));
});

it('the sweep looks often at what moves and seldom at what rests', () => {
  const hour = 3_600_000;
  expect(lookAgainMs({ settled: false, changed: false, ageMs: hour })).toBeLessThan(hour);
  expect(lookAgainMs({ settled: true, changed: true, ageMs: 99 * hour })).toBeLessThan(hour);
  expect(lookAgainMs({ settled: true, changed: false, ageMs: hour })).toBeGreaterThan(hour);
  expect(lookAgainMs({ settled: false, changed: false, ageMs: 99 * hour })).toBeGreaterThan(hour);
});
