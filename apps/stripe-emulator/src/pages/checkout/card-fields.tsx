import { Field, FieldGroup, FieldRow, type FormState } from '../ui/forms.js';
import { TestCards } from './test-cards.js';

/** Browsers are told not to offer the buyer's saved cards: a real one must not get here. */
export const CardFields = ({ form }: { form: FormState }) => (
  <div class="method-card">
    <FieldGroup legend="Card">
      <Field
        {...form}
        name="number"
        label="Card number"
        inputMode="numeric"
        placeholder="4242 4242 4242 4242"
        maxLength={23}
        script="card-number"
      />
      <FieldRow>
        <Field
          {...form}
          name="expiry"
          label="Expiry date"
          inputMode="numeric"
          placeholder="MM / YY"
          maxLength={9}
          script="card-expiry"
        />
        <Field
          {...form}
          name="cvc"
          label="CVC"
          inputMode="numeric"
          placeholder="123"
          maxLength={4}
          script="card-cvc"
        />
      </FieldRow>
      <TestCards />
    </FieldGroup>
  </div>
);
