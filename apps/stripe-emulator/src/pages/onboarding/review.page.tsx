import type { AccountRecord } from '../../engine/account-record.js';
import { bankWord } from '../bank.rules.js';
import { Checkbox } from '../ui/forms.js';
import { Facts, Notice } from '../ui/parts.js';
import { requirementWord, sentence } from '../words.js';
import { StepFrame, type StepProps } from './onboarding.page.js';
import { birthdayValue } from './step-values.js';
import { isCompany, stepFor, type Step } from './steps.rules.js';

/** The last page: everything given, everything missing, and the terms. @param missing v1 names, without the terms */
export function ReviewPage({ missing, ...props }: StepProps & { missing: string[] }) {
  const { record, base, form } = props;
  return (
    <StepFrame
      {...props}
      submit={missing.length === 0 ? 'Agree and submit' : 'Agree and submit without them'}
    >
      {missing.length > 0 && (
        <Notice
          tone="attention"
          title={missing.length === 1 ? 'One thing is missing' : `${missing.length} things are missing`}
        >
          <p>You can submit, but you are not paid until they are given.</p>
          <ul class="bulleted">
            {missing.map((field) => (
              <li key={field}>
                <a href={`${base}/${stepFor(field)}`}>{requirementWord(field)}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Given title="Business" step="business" base={base} items={businessFacts(record)} />
      {isCompany(record) && <Given title="Company" step="company" base={base} items={companyFacts(record)} />}
      <Given
        title={isCompany(record) ? 'Representative' : 'You'}
        step="person"
        base={base}
        items={personFacts(record)}
      />
      <Given
        title="Bank account"
        step="bank"
        base={base}
        items={[['Payouts to', record.bank ? bankWord(record.bank) : 'Not given yet']]}
      />
      <Checkbox
        {...form}
        name="accept_terms"
        label="I accept the terms of service of this emulated Stripe. They bind nobody."
      />
    </StepFrame>
  );
}

type Items = (readonly [string, string | null | undefined])[];

const Given = ({ title, step, base, items }: { title: string; step: Step; base: string; items: Items }) => (
  <section class="card">
    <header class="card-head">
      <h2>{title}</h2>
      <a href={`${base}/${step}`}>
        Edit<span class="visually-hidden"> {title.toLowerCase()}</span>
      </a>
    </header>
    <Facts items={items.some(([, value]) => value) ? items : [['Given', 'Nothing yet']]} />
  </section>
);

const businessFacts = ({ entity_type, profile }: AccountRecord): Items => [
  ['Type', entity_type && sentence(entity_type)],
  ['What you sell', profile.product_description],
];

const companyFacts = ({ company, provided }: AccountRecord): Items => [
  ['Legal name', company?.registered_name],
  ['Phone', company?.phone],
  ['Tax ID', provided.includes('tax_id') ? 'Given' : null],
  ['Address', addressLine(company?.address)],
];

const personFacts = ({ individual, provided }: AccountRecord): Items => [
  ['Name', [individual?.given_name, individual?.surname].filter(Boolean).join(' ')],
  ['Email', individual?.email],
  ['Date of birth', birthdayValue(individual?.date_of_birth)],
  ['ID number', provided.includes('id_number') ? 'Given' : null],
  ['Address', addressLine(individual?.address)],
];

type Address = Partial<Record<'line1' | 'city' | 'postal_code' | 'country', string | null>>;

function addressLine(address: Address | null | undefined): string {
  const { line1, postal_code, city, country } = address ?? {};
  return line1
    ? [line1, [postal_code, city].filter(Boolean).join(' '), country].filter(Boolean).join(', ')
    : '';
}
