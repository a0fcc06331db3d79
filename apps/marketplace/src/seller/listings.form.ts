import { Type } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { DomainError, Money } from '#kernel';
import {
  listingLimits,
  type ListingInput,
  listingProblems,
  type ListingView,
  type VariantInput,
} from '#catalog';
import { type FieldErrors, validationFailed } from '../http/index.js';

/** One row of the form, as typed. */
export class VariantForm {
  @IsOptional() @IsString() @MaxLength(60)
  id?: string;

  @IsString()
  name = '';

  @IsString()
  sku = '';

  @IsString()
  price = '';

  @IsString()
  stock = '';

  /** The stock that the form showed. */
  @IsOptional() @Matches(/^\d{1,7}$/)
  stockSeen?: string;
} // prettier-ignore

/** The form of a listing, as typed. */
export class ListingForm {
  @IsString()
  title = '';

  @IsString()
  description = '';

  @IsString()
  category = '';

  @IsString()
  shipping = '';

  @ValidateNested({ each: true })
  @Type(() => VariantForm)
  variants: VariantForm[] = [];
}

const VARIANT_FIELD = /^variants\.(\d{1,3})\.(\w{1,20})$/;

/** A posted body with fields such as `variants.0.price` as the form it came from; buttons are no part of it. */
export function typedListing(body: object): ListingForm {
  const form: Record<string, unknown> = {};
  const rows = new Map<number, Record<string, unknown>>();
  for (const [name, value] of Object.entries(body)) {
    const [, index, field] = VARIANT_FIELD.exec(name) ?? [];
    if (index && field) {
      const row = rows.get(Number(index)) ?? {};
      rows.set(Number(index), { ...row, [field]: value });
    } else if (name !== 'do') {
      form[name] = value;
    }
  }
  const variants = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, row]) => Object.assign(new VariantForm(), row));
  return Object.assign(new ListingForm(), form, { variants });
}

/** What the buttons that only redraw the form ask for; null for saving. */
export function redrawnRows(form: ListingForm, button: unknown): ListingForm | null {
  if (button === 'add-variant') {
    const variants = [...form.variants, new VariantForm()].slice(0, listingLimits.variants);
    return Object.assign(new ListingForm(), form, { variants });
  }
  const removed = typeof button === 'string' ? /^remove-variant-(\d+)$/.exec(button)?.[1] : undefined;
  if (!removed) return null;
  const variants = form.variants.filter((_, index) => index !== Number(removed));
  return Object.assign(new ListingForm(), form, { variants });
}

/** Throws with a message beside every field that must be mended, amounts that can't be read among them. */
export function inputOf(form: ListingForm, currency: string): ListingInput {
  const errors: FieldErrors = {};
  const money = (field: string, text: string): Money => {
    try {
      return Money.parse(text, currency);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      errors[field] = error.message;
      return Money.of(1n, currency);
    }
  };
  const variants = form.variants.map((row, index): VariantInput => ({
    id: row.id || undefined,
    name: row.name,
    sku: row.sku,
    price: money(`variants.${index}.price`, row.price),
    stock: /^\s*\d+\s*$/.test(row.stock) ? Number(row.stock) : NaN,
    stockSeen: row.stockSeen ? Number(row.stockSeen) : undefined,
  }));
  const { title, description, category } = form;
  // Left empty, shipping is free.
  const shipping = money('shipping', form.shipping.trim() || '0');
  const input = { title, description, category, shipping, variants };
  const all = { ...listingProblems(input, currency), ...errors };
  if (Object.keys(all).length > 0) throw validationFailed(all);
  return input;
}

/** The form that shows a listing as it is. */
export function formOfListing(listing: ListingView): ListingForm {
  return Object.assign(new ListingForm(), {
    title: listing.title,
    description: listing.description,
    category: listing.category.id,
    shipping: listing.shipping.isZero ? '' : listing.shipping.toDecimal(),
    variants: listing.variants.map((variant) =>
      Object.assign(new VariantForm(), {
        id: variant.id,
        name: variant.name,
        sku: variant.sku ?? '',
        price: variant.price.toDecimal(),
        stock: String(variant.onHand),
        stockSeen: String(variant.onHand),
      }),
    ),
  });
}

/** An empty form with one row. */
export function emptyForm(): ListingForm {
  return Object.assign(new ListingForm(), { variants: [new VariantForm()] });
}
