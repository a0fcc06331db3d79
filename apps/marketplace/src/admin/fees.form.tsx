import { currencyCodes, type Money } from '#kernel';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import {
  Actions,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  Columns,
  DescriptionList,
  Field,
  FieldRow,
  FormErrors,
  PostForm,
  Select,
  TextArea,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';

/** What the new rule would take of an example, beside what is taken today. */
export interface FeePreview {
  readonly base: Money;
  readonly today: Money | null;
  readonly then: Money;
}

type Props = { frame: PageFrameData; typed: Typed; errors: FieldErrors; preview: FeePreview | null };

export const FeeRulePage = ({ frame, typed, errors, preview }: Props) => {
  const value = (name: string) => (typeof typed[name] === 'string' ? (typed[name] as string) : undefined);
  const field = (name: string) => ({ name, value: value(name), error: errors[name] });
  return (
    <AdminDesk
      frame={frame}
      current="fees"
      title="New fee"
      subtitle="A version from a date on. What was sold before keeps the fee it was sold under."
      breadcrumbs={<Breadcrumbs items={[{ label: 'Fees', href: '/admin/fees' }, { label: 'New fee' }]} />}
    >
      <Columns
        main={
          <Card>
            <PostForm action="/admin/fees/new">
              <FormErrors
                errors={Object.entries(errors).map(([name, message]) => ({
                  ...(name && { field: name }),
                  message,
                }))}
              />
              <Select
                {...field('currency')}
                label="Currency of the sale"
                required
                placeholder="Choose a currency"
                options={currencyCodes.map((code) => ({ value: code, label: code.toUpperCase() }))}
              />
              <FieldRow>
                <Field
                  {...field('percent')}
                  label="Percentage of the sale"
                  required
                  inputMode="decimal"
                  help="Such as 10 or 7.25."
                />
                <Field
                  {...field('fixed')}
                  label="Fixed part"
                  required
                  inputMode="decimal"
                  help="In the same currency, for each order. 0 for none."
                />
              </FieldRow>
              <Field
                {...field('validFrom')}
                label="From"
                type="date"
                help="The start of this day, UTC. Empty: at once."
              />
              <TextArea
                {...field('note')}
                label="Why"
                rows={3}
                maxLength={500}
                help="Stands in the audit log."
              />
              <Field
                {...field('example')}
                label="Try it on a sale of"
                inputMode="decimal"
                help="Only for the preview beside."
              />
              <Actions>
                <Button look="primary" name="do" value="save">
                  Save this fee
                </Button>
                <Button name="do" value="preview">
                  Preview
                </Button>
                <ButtonLink look="quiet" href="/admin/fees">
                  Back
                </ButtonLink>
              </Actions>
            </PostForm>
          </Card>
        }
        aside={<Preview preview={preview} />}
      />
    </AdminDesk>
  );
};

const Preview = ({ preview }: { preview: FeePreview | null }) => (
  <Card title="Preview">
    {preview ? (
      <DescriptionList
        items={[
          { term: 'A sale of', value: preview.base.format() },
          { term: 'Fee today', value: preview.today?.format() ?? 'No rule yet' },
          { term: 'Fee then', value: preview.then.format() },
          { term: 'The seller keeps', value: preview.base.minus(preview.then).format() },
        ]}
      />
    ) : (
      <p class="muted">
        Fill in the rule and press “Preview” to see what it takes of a sale, beside what is taken today.
      </p>
    )}
  </Card>
);
