import type { AccountRecord } from '../../engine/account-record.js';
import type { OnboardingAnswers } from '../../verbs/onboarding.js';
import { required } from '../../verbs/requirements.js';
import { readBank, TEST_ROUTING } from '../bank.rules.js';
import type { Problems, Values } from '../ui/forms.js';

export type Step = 'business' | 'company' | 'person' | 'bank' | 'requested' | 'review';

/** The pages that this account goes through, in order. */
export function stepsOf(record: AccountRecord): Step[] {
  return [
    'business',
    ...(isCompany(record) ? (['company'] as const) : []),
    'person',
    'bank',
    ...(requestedOf(record).length > 0 ? (['requested'] as const) : []),
    'review',
  ];
}

/** The page on which a requirement (by its v1 name) can be given. */
export function stepFor(field: string): Step {
  const [head, part] = field.split('.');
  if (head === 'tos_acceptance') return 'review';
  if (head === 'external_account') return 'bank';
  if (part === 'verification') return 'requested';
  if (head === 'individual') return 'person';
  if (head === 'company') return 'company';
  return head === 'business_type' || head === 'business_profile' ? 'business' : 'requested';
}

export const isCompany = ({ entity_type: type }: AccountRecord): boolean =>
  type !== null && type !== 'individual';

/** What was asked for later and has no form of its own, e.g. a document. */
export const requestedOf = (record: AccountRecord) =>
  record.raised.filter((item) => stepFor(v1Of(record, item.field)) === 'requested');

/** The fields of the pages by the v1 name of what they give. */
const FIELDS: Record<string, string> = {
  business_type: 'entity_type',
  'business_profile.product_description': 'product_description',
  'individual.first_name': 'given_name',
  'individual.last_name': 'surname',
  'individual.email': 'email',
  'individual.dob': 'date_of_birth',
  'individual.address': 'line1',
  'individual.id_number': 'id_number',
  'company.name': 'registered_name',
  'company.phone': 'phone',
  'company.tax_id': 'tax_id',
  'company.address': 'line1',
  external_account: 'account_number',
};

/** What was given on this page and did not pass, or is needed once more: beside its field, in the words of who asks. */
export function askedAgain(step: Step, record: AccountRecord): Problems {
  const problems: Problems = {};
  for (const { field, error } of record.raised) {
    const v1 = v1Of(record, field);
    const name = FIELDS[v1];
    if (name && stepFor(v1) === step)
      problems[name] = error?.description ?? 'This is needed once more. Enter it as it is now.';
  }
  return problems;
}

/** Requirements are raised by either of their names. */
const v1Of = (record: AccountRecord, field: string): string =>
  required(record).find(({ v1, v2 }) => v1 === field || v2 === field)?.v1 ?? field;

/** Whether something that stays hidden once it was given need not be typed again. */
export const isSettled = (record: AccountRecord, step: Step, name: 'id_number' | 'tax_id'): boolean =>
  record.provided.includes(name) && !(name in askedAgain(step, record));

interface Reading {
  /** What was given and is well formed. */
  answers: OnboardingAnswers;
  problems: Problems;
}

/** Reads one page's form. What is missing is a problem too: only "save for later" overlooks it. @param now milliseconds */
export function readStep(step: Step, values: Values, record: AccountRecord, now: number): Reading {
  switch (step) {
    case 'business':
      return readBusiness(values);
    case 'company':
      return readCompany(values, record);
    case 'person':
      return readPerson(values, record, now);
    case 'bank':
      return readBankStep(values, record);
    default:
      return { answers: {}, problems: {} };
  }
}

function readBusiness(values: Values): Reading {
  const { entity_type: type, product_description } = values;
  const problems: Problems = {};
  const known = type === 'individual' || type === 'company';
  if (!known) problems['entity_type'] = 'Choose what fits your business.';
  if (!product_description) problems['product_description'] = 'Say in a few words what you sell.';
  return {
    answers: {
      ...(known && { entity_type: type }),
      ...(product_description && { profile: { product_description } }),
    },
    problems,
  };
}

function readCompany(values: Values, record: AccountRecord): Reading {
  const problems: Problems = {};
  need(values, problems, { registered_name: 'Enter the legal name of the company.' });
  const phone = wellFormed(
    values,
    problems,
    'phone',
    /^\+?[\d\s()-]{6,20}$/,
    'Enter a phone number like 0000000000.',
  );
  const taxId =
    isSettled(record, 'company', 'tax_id') && !values['tax_id']
      ? ''
      : wellFormed(values, problems, 'tax_id', /^[A-Z0-9-]{6,20}$/i, 'Enter a tax ID like 000000000.');
  const { registered_name = '' } = values;
  const address = readAddress(values, problems);
  return { answers: { company: given({ registered_name, phone, tax_id: taxId, address }) }, problems };
}

function readPerson(values: Values, record: AccountRecord, now: number): Reading {
  const problems: Problems = {};
  need(values, problems, { given_name: 'Enter your first name.', surname: 'Enter your last name.' });
  const email = wellFormed(
    values,
    problems,
    'email',
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    'Enter an email like jenny@example.com.',
  );
  const date_of_birth = readBirthday(values, problems, now);
  const address = readAddress(values, problems);
  const known = isCompany(record) || isSettled(record, 'person', 'id_number');
  const id_number =
    known && !values['id_number']
      ? ''
      : wellFormed(values, problems, 'id_number', /^\d{4}$/, 'Enter four digits, e.g. 0000.');
  const { given_name = '', surname = '' } = values;
  return {
    answers: { individual: given({ given_name, surname, email, date_of_birth, address, id_number }) },
    problems,
  };
}

function readBankStep(values: Values, record: AccountRecord): Reading {
  // A working account may stay as it is.
  const works =
    record.bank && record.bank.status !== 'errored' && !askedAgain('bank', record)['account_number'];
  if (works && !values['account_number']) return { answers: {}, problems: {} };
  const { bank, problems } = readBank({ ...values, routing_number: values['routing_number'] || '' }, record);
  return { answers: bank ? { bank } : {}, problems };
}

function readAddress(
  values: Values,
  problems: Problems,
): NonNullable<NonNullable<OnboardingAnswers['individual']>['address']> {
  need(values, problems, {
    line1: 'Enter the street and house number.',
    city: 'Enter the city.',
    postal_code: 'Enter the postal code.',
  });
  const { line1 = '', line2 = '', city = '', state = '', postal_code = '', country = '' } = values;
  return given({
    line1,
    line2,
    city,
    state,
    postal_code,
    country: /^[A-Z]{2}$/.test(country) ? country : '',
  });
}

/** The youngest that Stripe takes. */
const MINIMUM_AGE = 13;

function readBirthday(values: Values, problems: Problems, now: number) {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(values['date_of_birth'] ?? '') ?? [])
    .slice(1)
    .map(Number);
  if (!year || !month || !day) {
    problems['date_of_birth'] = 'Enter your date of birth.';
    return undefined;
  }
  const birthday = new Date(Date.UTC(year, month - 1, day));
  const today = new Date(now);
  const exists = birthday.getUTCMonth() === month - 1 && birthday.getUTCDate() === day && year > 1900;
  if (!exists) problems['date_of_birth'] = 'This day does not exist. Enter your date of birth.';
  else if (Date.UTC(year + MINIMUM_AGE, month - 1, day) > today.getTime()) {
    problems['date_of_birth'] = `You must be at least ${MINIMUM_AGE} years old.`;
  }
  return problems['date_of_birth'] ? undefined : { day, month, year };
}

function need(values: Values, problems: Problems, messages: Record<string, string>): void {
  for (const [name, message] of Object.entries(messages)) if (!values[name]) problems[name] = message;
}

/** The value, or nothing and a problem where it does not have the form. */
function wellFormed(values: Values, problems: Problems, name: string, form: RegExp, message: string): string {
  const value = values[name] ?? '';
  if (form.test(value)) return value;
  problems[name] = message;
  return '';
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What is left once blanks are taken out: a blank answer is none. */
function given<T extends object>(answers: T): Given<T> {
  const kept = Object.entries(answers).filter(
    ([, value]) =>
      value !== '' &&
      value !== undefined &&
      (typeof value !== 'object' || Object.keys(value as object).length > 0),
  );
  return Object.fromEntries(kept) as Given<T>;
}

/** A believable seller, for people who want to get on. */
export function testValues(step: Step, record: AccountRecord): Values {
  const country = record.country ?? 'US';
  const address = { line1: '1 Market Street', city: 'Springfield', postal_code: '94105', state: '', country };
  switch (step) {
    case 'business':
      return {
        entity_type: isCompany(record) ? 'company' : 'individual',
        product_description: 'Goods made by hand.',
      };
    case 'company':
      return {
        registered_name: record.display_name ?? 'Rosen Workshop',
        phone: '0000000000',
        tax_id: '000000000',
        ...address,
      };
    case 'person':
      return {
        given_name: 'Jenny',
        surname: 'Rosen',
        email: record.contact_email ?? 'jenny@example.com',
        date_of_birth: '1990-01-01',
        id_number: '0000',
        ...address,
      };
    case 'bank':
      return { routing_number: TEST_ROUTING, account_number: '000123456789' };
    default:
      return {};
  }
}
