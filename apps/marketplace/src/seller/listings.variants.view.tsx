import { listingLimits } from '#catalog';
import type { FieldErrors } from '../http/index.js';
import {
  Actions,
  Button,
  Card,
  Field,
  FieldGroup,
  FieldRow,
  MoneyInput,
  Notice,
  Stack,
} from '../ui/index.js';
import type { VariantForm } from './listings.form.js';

type CardProps = { rows: readonly VariantForm[]; currency: string; errors: FieldErrors };

/** One row of fields for each variant, and the buttons that add and remove rows. */
export function VariantsCard({ rows, currency, errors }: CardProps) {
  return (
    <Card
      title="Variants, prices and stock"
      subtitle="One row for each size, colour or edition. With a single row the name may stay empty."
    >
      <Stack>
        {errors['variants'] && <Notice tone="bad">{errors['variants']}</Notice>}
        {rows.map((row, index) => (
          <VariantRow
            key={index}
            row={row}
            index={index}
            currency={currency}
            errors={errors}
            removable={rows.length > 1}
          />
        ))}
        {rows.length < listingLimits.variants && (
          <Actions>
            <Button icon="plus" name="do" value="add-variant">
              Add another variant
            </Button>
          </Actions>
        )}
      </Stack>
    </Card>
  );
}

type RowProps = {
  row: VariantForm;
  index: number;
  currency: string;
  errors: FieldErrors;
  removable: boolean;
};

function VariantRow({ row, index, currency, errors, removable }: RowProps) {
  const name = (field: string) => `variants.${index}.${field}`;
  return (
    <FieldGroup legend={`Variant ${index + 1}`}>
      {row.id && <input type="hidden" name={name('id')} value={row.id} />}
      {row.stockSeen && <input type="hidden" name={name('stockSeen')} value={row.stockSeen} />}
      <FieldRow>
        <Field
          name={name('name')}
          label="Name"
          value={row.name}
          placeholder="Large"
          maxLength={listingLimits.variantName}
          required={removable}
          {...wrong(errors, name('name'))}
        />
        <Field
          name={name('sku')}
          label="SKU"
          value={row.sku}
          maxLength={listingLimits.sku}
          {...wrong(errors, name('sku'))}
        />
      </FieldRow>
      <FieldRow>
        <MoneyInput
          name={name('price')}
          label="Price"
          currency={currency}
          value={row.price}
          required
          {...wrong(errors, name('price'))}
        />
        <Field
          name={name('stock')}
          label="In stock"
          value={row.stock}
          inputMode="numeric"
          required
          {...wrong(errors, name('stock'))}
        />
      </FieldRow>
      {removable && (
        <Actions>
          <Button look="quiet" small icon="close" name="do" value={`remove-variant-${index}`}>
            Remove variant {index + 1}
          </Button>
        </Actions>
      )}
    </FieldGroup>
  );
}

/** A field's error, where it has one. */
export const wrong = (errors: FieldErrors, field: string) => (errors[field] ? { error: errors[field] } : {});
