import { TEST_BANKS, TEST_ROUTING } from './bank.rules.js';
import { Field, type FormState } from './ui/forms.js';

/** Routing and account number, with the numbers that can be used. */
export const BankFields = ({ form }: { form: FormState }) => (
  <>
    <Field
      {...form}
      name="routing_number"
      label="Routing number"
      inputMode="numeric"
      maxLength={20}
      help={`The test bank has ${TEST_ROUTING}.`}
    />
    <Field {...form} name="account_number" label="Account number" inputMode="numeric" maxLength={40} />
    <details class="test-cards" open>
      <summary>Test accounts</summary>
      <p class="visually-hidden" role="status" data-filled />
      <ul>
        {Object.entries(TEST_BANKS).map(([number, outcome]) => (
          <li key={number}>
            <button
              type="button"
              class="test-card"
              disabled
              data-fill={JSON.stringify({ account_number: number, routing_number: TEST_ROUTING })}
            >
              {number}
            </button>
            <span class="help">{outcome}</span>
          </li>
        ))}
      </ul>
    </details>
  </>
);
