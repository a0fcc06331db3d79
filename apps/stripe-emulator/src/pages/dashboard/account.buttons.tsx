import type { ComponentChildren } from 'preact';
import type { AccountRecord } from '../../engine/account-record.js';
import { Button, PostForm, Select } from '../ui/forms.js';
import { Card } from '../ui/parts.js';
import { requirementWord } from '../words.js';
import { ASKED, DEADLINES, RESTRICTIONS } from './account.actions.js';

const EMPTY = { values: {}, problems: {} };
const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** What Stripe, the bank or the seller would do to this account. */
export function AccountButtons({ record }: { record: AccountRecord }) {
  const action = `/dashboard/accounts/${record.id}`;
  const troubled = record.restricted !== null || record.raised.length > 0;
  return (
    <Card title="Make something happen">
      <div class="stack-small">
        {!record.details_submitted && (
          <PostForm action={action}>
            <Button wide name="action" value="complete">
              Complete onboarding with test data
            </Button>
          </PostForm>
        )}
        {troubled && (
          <PostForm action={action}>
            <Button wide look="primary" name="action" value="restore">
              Restore the account
            </Button>
          </PostForm>
        )}
        <Disclosure title="Ask for something again">
          <p class="help">The seller finds it beside its field, with what was wrong with it.</p>
          <PostForm action={action}>
            <Select
              {...EMPTY}
              name="field"
              label="What"
              options={askable(record).map((value) => ({ value, label: requirementWord(value) }))}
            />
            <Select {...EMPTY} name="hours" label="Until when" options={optionsOf(DEADLINES)} />
            <Button name="action" value="require">
              Ask for it
            </Button>
          </PostForm>
        </Disclosure>
        <Disclosure title="Restrict the account">
          <PostForm action={action}>
            <Select {...EMPTY} name="reason" label="Why" options={optionsOf(RESTRICTIONS)} />
            <Button name="action" value="restrict">
              Restrict
            </Button>
          </PostForm>
        </Disclosure>
        {record.bank && record.bank.status !== 'errored' && (
          <Disclosure title="Disable the bank account">
            <p class="help">
              As after a failed payout: nothing is paid out until the seller gives a new account.
            </p>
            <PostForm action={action}>
              <Button name="action" value="fail_bank">
                Disable it
              </Button>
            </PostForm>
          </Disclosure>
        )}
        {!record.deauthorized && (
          <Disclosure title="Deauthorize your platform">
            <p class="help">
              The seller leaves: every later call for this account is refused. This can't be undone.
            </p>
            <PostForm action={action}>
              <Button look="danger" name="action" value="deauthorize">
                Deauthorize
              </Button>
            </PostForm>
          </Disclosure>
        )}
      </div>
    </Card>
  );
}

/** Only companies are asked for what companies have, and the other way round. */
function askable(record: AccountRecord): string[] {
  const company = record.entity_type !== null && record.entity_type !== 'individual';
  return Object.keys(ASKED).filter((field) =>
    company ? field !== 'individual.id_number' : !field.startsWith('company.'),
  );
}

const Disclosure = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <details class="disclosure">
    <summary>{title}</summary>
    {children}
  </details>
);
