import { passesLuhn } from '../../engine/cards.js';
import { readCard } from './card.rules.js';

const NOW = Date.UTC(2026, 10, 23);
const good = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };
const problemsOf = (change: Record<string, string>) => readCard({ ...good, ...change }, NOW).problems;

describe('a card as typed on the checkout page', () => {
  it('is read with its month and year, however it was grouped, and without its security code', () => {
    const { card, problems } = readCard(good, NOW);
    expect(problems).toEqual({});
    expect(card).toEqual({ number: '4242424242424242', exp_month: 12, exp_year: 2034 });
    expect(readCard({ ...good, expiry: '1234' }, NOW).card.exp_year).toBe(2034);
    expect(readCard({ ...good, expiry: '12/2034' }, NOW).card.exp_year).toBe(2034);
  });

  it('is told apart as incomplete, mistyped, or real', () => {
    expect(problemsOf({ number: '4242 4242' })['number']).toBe('Your card number is incomplete.');
    expect(problemsOf({ number: '4242424242424241' })['number']).toBe('Your card number is invalid.');
    expect(passesLuhn('4111111111111111')).toBe(true);
    expect(problemsOf({ number: '4111111111111111' })['number']).toContain('not a test card');
  });

  it('is good until the last moment of its month', () => {
    expect(problemsOf({ expiry: '11/26' })).toEqual({});
    expect(problemsOf({ expiry: '10/26' })['expiry']).toContain('in the past');
    expect(problemsOf({ expiry: '13/30' })['expiry']).toContain('invalid');
    expect(problemsOf({ expiry: '1' })['expiry']).toContain('incomplete');
  });

  it('has a security code of three digits, four on American Express', () => {
    expect(problemsOf({ cvc: '12' })['cvc']).toContain('incomplete');
    expect(problemsOf({ number: '378282246310005' })['cvc']).toContain('incomplete');
    expect(problemsOf({ number: '378282246310005', cvc: '1234' })).toEqual({});
  });
});
