import type { AccountRecord } from '../../engine/account-record.js';
import { readStep, stepFor, stepsOf, testValues, type Step } from './steps.rules.js';

const NOW = Date.UTC(2026, 10, 23);
const seller = (change: Partial<AccountRecord> = {}) =>
  ({
    country: 'DE',
    currency: 'eur',
    entity_type: 'individual',
    provided: [],
    raised: [],
    bank: null,
    capabilities: {},
    ...change,
  }) as unknown as AccountRecord;
const read = (step: Step, values: Record<string, string>, record = seller()) =>
  readStep(step, values, record, NOW);

describe('the pages of onboarding', () => {
  it('ask a company for more than a person, and for documents only when some were asked for', () => {
    expect(stepsOf(seller())).toEqual(['business', 'person', 'bank', 'review']);
    const raised = [{ field: 'individual.verification.document', deadline: null, error: null }];
    expect(stepsOf(seller({ entity_type: 'company', raised }))).toEqual([
      'business',
      'company',
      'person',
      'bank',
      'requested',
      'review',
    ]);
  });

  it('have a place for every requirement', () => {
    expect(stepFor('business_profile.product_description')).toBe('business');
    expect(stepFor('company.tax_id')).toBe('company');
    expect(stepFor('individual.dob')).toBe('person');
    expect(stepFor('individual.verification.document')).toBe('requested');
    expect(stepFor('external_account')).toBe('bank');
    expect(stepFor('tos_acceptance.date')).toBe('review');
    expect(stepFor('something.new')).toBe('requested');
  });

  it.each<Step>(['business', 'company', 'person', 'bank'])('accept their own test data: %s', (step) => {
    expect(read(step, testValues(step, seller())).problems).toEqual({});
  });

  it('keep what is well formed beside what is not', () => {
    const { answers, problems } = read('person', {
      ...testValues('person', seller()),
      email: 'jenny',
      city: '',
    });
    expect(Object.keys(problems)).toEqual(['email', 'city']);
    expect(answers.individual).toMatchObject({
      given_name: 'Jenny',
      date_of_birth: { day: 1, month: 1, year: 1990 },
    });
    expect(answers.individual).not.toHaveProperty('email');
  });

  it('take a date of birth that exists, of somebody old enough', () => {
    const born = (date_of_birth: string) =>
      read('person', { ...testValues('person', seller()), date_of_birth }).problems['date_of_birth'];
    expect(born('1999-02-29')).toContain('does not exist');
    expect(born('2013-11-24')).toContain('at least 13');
    expect(born('2013-11-23')).toBeUndefined();
    expect(born('')).toBe('Enter your date of birth.');
  });

  it('do not ask again for an id number or a bank account that works', () => {
    const { id_number: _, ...person } = testValues('person', seller());
    expect(read('person', person).problems).toHaveProperty('id_number');
    expect(read('person', person, seller({ provided: ['id_number'] })).problems).toEqual({});
    const bank = { status: 'new' } as AccountRecord['bank'];
    expect(read('bank', {}, seller({ bank })).problems).toEqual({});
    expect(read('bank', {}, seller({ bank: { ...bank!, status: 'errored' } })).problems).toHaveProperty(
      'account_number',
    );
  });
});
