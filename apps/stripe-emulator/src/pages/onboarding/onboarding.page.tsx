import type { ComponentChildren } from 'preact';
import type { AccountRecord } from '../../engine/account-record.js';
import { BankFields } from '../bank-fields.js';
import { bankWord } from '../bank.rules.js';
import { countryOptions } from '../countries.js';
import {
  Button,
  Choice,
  Field,
  FieldGroup,
  FieldRow,
  FormProblems,
  PostForm,
  Select,
  type FormState,
} from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import { Notice, When } from '../ui/parts.js';
import { requirementWord } from '../words.js';
import { isCompany, isSettled, requestedOf, stepsOf, type Step } from './steps.rules.js';

export interface StepProps {
  step: Step;
  record: AccountRecord;
  /** Where this visit's pages are. */
  base: string;
  form: FormState;
}

export const HEADINGS: Record<Step, { heading: string; lead: string }> = {
  business: { heading: 'About your business', lead: 'This tells us which details are needed to pay you.' },
  company: { heading: 'Your company', lead: 'As it stands in the register.' },
  person: { heading: 'Your details', lead: 'We verify who receives the money.' },
  bank: { heading: 'Your bank account', lead: 'Your payouts are sent to this account.' },
  requested: { heading: 'One more thing', lead: 'Something was asked for after you signed up.' },
  review: { heading: 'Review and submit', lead: 'Look through what you gave us. You can change it later.' },
};

/** The frame of every page of onboarding: where one is, what to do, and the ways out. */
export function StepFrame(
  props: StepProps & { submit: string; helpers?: ComponentChildren; children: ComponentChildren },
) {
  const { step, record, base, form } = props;
  const steps = stepsOf(record);
  const at = steps.indexOf(step);
  const { heading, lead } = HEADINGS[step];
  return (
    <Narrow heading={heading} lead={lead}>
      <p class="step-count">
        Step {at + 1} of {steps.length}
        <progress value={at + 1} max={steps.length} aria-label="Progress" />
      </p>
      <FormProblems problems={form.problems} />
      <PostForm action={`${base}/${step}`} label={heading}>
        {props.children}
        <div class="step-actions">
          <Button look="primary" wide name="action" value="next">
            {props.submit}
          </Button>
          <Button look="quiet" wide name="action" value="later">
            Save for later
          </Button>
        </div>
        {props.helpers}
      </PostForm>
      <nav class="step-links" aria-label="Steps">
        {at > 0 && <a href={`${base}/${steps[at - 1]}`}>Back</a>}
        {step !== 'review' && <a href={`${base}/${steps[at + 1]}`}>Skip for now</a>}
      </nav>
    </Narrow>
  );
}

/** A page with a form to fill in. */
export const StepPage = (props: StepProps) => (
  <StepFrame
    {...props}
    submit={props.step === 'requested' ? 'Continue' : 'Save and continue'}
    helpers={props.step !== 'requested' && <Helpers step={props.step} />}
  >
    <StepFields {...props} />
  </StepFrame>
);

/** What a real seller's page would not have. */
const Helpers = ({ step }: { step: Step }) => (
  <details class="disclosure">
    <summary>Test helpers</summary>
    <div class="stack-small">
      <p class="help">Believable answers, for whoever wants to get on.</p>
      <Button wide name="action" value="fill">
        Fill with test data
      </Button>
      {step === 'business' && (
        <Button wide name="action" value="fill_all">
          Fill in everything and review
        </Button>
      )}
    </div>
  </details>
);

function StepFields({ step, record, form }: StepProps) {
  switch (step) {
    case 'business':
      return <BusinessFields form={form} />;
    case 'company':
      return <CompanyFields form={form} record={record} />;
    case 'person':
      return <PersonFields form={form} record={record} />;
    case 'bank':
      return <BankStep form={form} record={record} />;
    default:
      return <RequestedFields record={record} />;
  }
}

const BusinessFields = ({ form }: { form: FormState }) => (
  <>
    <Choice
      {...form}
      name="entity_type"
      label="Type of business"
      options={[
        { value: 'individual', label: 'Individual', hint: 'You sell under your own name.' },
        { value: 'company', label: 'Company', hint: 'A registered company sells.' },
      ]}
    />
    <Field
      {...form}
      name="product_description"
      label="What do you sell?"
      help="For example: ceramics, thrown and glazed by hand."
    />
  </>
);

type Part = { form: FormState; record: AccountRecord };

function CompanyFields({ form, record }: Part) {
  const known = isSettled(record, 'company', 'tax_id');
  return (
    <>
      <Field {...form} name="registered_name" label="Legal name" autocomplete="organization" />
      <Field
        {...form}
        name="phone"
        label="Phone"
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        help="0000000000 is verified as a test number."
      />
      <Field
        {...form}
        name="tax_id"
        label="Tax ID"
        optional={known}
        help={known ? 'Given already. Enter it again only to change it.' : 'Use 000000000.'}
      />
      <AddressFields form={form} legend="Company address" />
    </>
  );
}

function PersonFields({ form, record }: Part) {
  const known = isSettled(record, 'person', 'id_number');
  return (
    <>
      {isCompany(record) && <p class="help">The person who represents the company.</p>}
      <FieldRow>
        <Field {...form} name="given_name" label="First name" autocomplete="given-name" />
        <Field {...form} name="surname" label="Last name" autocomplete="family-name" />
      </FieldRow>
      <Field {...form} name="email" label="Email" type="email" inputMode="email" autocomplete="email" />
      <Field {...form} name="date_of_birth" label="Date of birth" type="date" autocomplete="bday" />
      {!isCompany(record) && (
        <Field
          {...form}
          name="id_number"
          label="Last four digits of your ID number"
          inputMode="numeric"
          maxLength={4}
          optional={known}
          help={
            known
              ? 'Given already. Enter it again only to change it.'
              : 'Use 0000: please give no real number.'
          }
        />
      )}
      <AddressFields form={form} legend="Home address" />
    </>
  );
}

const AddressFields = ({ form, legend }: { form: FormState; legend: string }) => (
  <FieldGroup legend={legend}>
    <Field {...form} name="line1" label="Street and number" autocomplete="address-line1" />
    <Field {...form} name="line2" label="Apartment, floor" optional autocomplete="address-line2" />
    <FieldRow>
      <Field {...form} name="postal_code" label="Postal code" autocomplete="postal-code" />
      <Field {...form} name="city" label="City" autocomplete="address-level2" />
    </FieldRow>
    <Field {...form} name="state" label="State or province" optional autocomplete="address-level1" />
    <Select {...form} name="country" label="Country" options={countryOptions()} autocomplete="country" />
  </FieldGroup>
);

const BankStep = ({ form, record: { bank, currency } }: Part) => (
  <>
    {bank?.status === 'errored' && (
      <Notice tone="bad" title={`A payout to ${bankWord(bank)} failed`}>
        Enter an account that works: nothing is paid out until then.
      </Notice>
    )}
    {bank && bank.status !== 'errored' && (
      <Notice tone="good" title={bankWord(bank)}>
        Leave the account number empty to keep this account.
      </Notice>
    )}
    {currency && <p class="help">An account in {currency.toUpperCase()}.</p>}
    <BankFields form={form} />
  </>
);

/** Documents are only pretended: a button hands in a test document that is accepted at once. */
const RequestedFields = ({ record }: { record: AccountRecord }) => (
  <ul class="stack">
    {requestedOf(record).map(({ field, deadline, error }) => (
      <li key={field} class="card">
        <h2>{requirementWord(field)}</h2>
        {error && <p>{error.description}</p>}
        {deadline !== null && (
          <p class="muted">
            Needed by <When at={deadline} />
          </p>
        )}
        <Button small name="provide" value={field}>
          Hand in a test document
        </Button>
      </li>
    ))}
  </ul>
);
