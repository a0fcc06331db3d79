import { DomainError, Money } from '#kernel';

/** What a seller says about a listing; amounts are in the seller's currency. */
export interface ListingInput {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  /** Charged once per order and seller: the highest of the lines' counts. */
  readonly shipping: Money;
  readonly variants: readonly VariantInput[];
}

export interface VariantInput {
  /** Of a variant that exists; without it the variant is new. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly sku?: string | undefined;
  readonly price: Money;
  /** Pieces on hand, those held for open orders included. */
  readonly stock: number;
  /** Pieces on hand when the form was drawn: what was sold since is not undone by saving it. */
  readonly stockSeen?: number | undefined;
}

export const limits = {
  title: 120,
  description: 5000,
  variants: 30,
  variantName: 80,
  sku: 60,
  stock: 1_000_000,
  pictures: 8,
  alt: 200,
} as const;

/** The name of the only variant of a listing that has no choice to offer. */
const ONLY_VARIANT = 'One size';

/** The input as it will be stored: trimmed, the only variant named. Throws `listing_invalid` with all fields at once. */
export function checkedListing(input: ListingInput, currency: string): ListingInput {
  const fields = listingProblems(input, currency);
  if (Object.keys(fields).length > 0)
    throw new DomainError('listing_invalid', 'invalid', 'Some fields need your attention.', fields);
  return trimmed(input);
}

/** A sentence per field that must be mended; none where the input is sound. */
export function listingProblems(input: ListingInput, currency: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const listing = trimmed(input);
  if (!listing.title) fields['title'] = 'Give the listing a title.';
  if (listing.title.length > limits.title)
    fields['title'] = `Use at most ${limits.title} characters in the title.`;
  if (listing.description.length > limits.description)
    fields['description'] = `Use at most ${limits.description} characters in the description.`;
  if (!listing.category) fields['category'] = 'Choose a category.';
  const shipping = amountProblem(listing.shipping, currency, 'Shipping');
  if (shipping) fields['shipping'] = shipping;
  if (listing.variants.length === 0) fields['variants'] = 'Add at least one variant with a price.';
  if (listing.variants.length > limits.variants)
    fields['variants'] = `A listing has at most ${limits.variants} variants.`;
  return { ...fields, ...variantProblems(listing.variants, currency) };
}

function trimmed(input: ListingInput): ListingInput {
  return {
    ...input,
    title: input.title.trim().replace(/\s+/g, ' '),
    description: input.description.trim(),
    variants: input.variants.map((variant) => ({
      ...variant,
      name: variant.name.trim() || (input.variants.length === 1 ? ONLY_VARIANT : ''),
      sku: variant.sku?.trim() || undefined,
    })),
  };
}

function variantProblems(variants: readonly VariantInput[], currency: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const names = new Set<string>();
  const skus = new Set<string>();
  variants.forEach((variant, index) => {
    const say = (field: string, message: string) => (fields[`variants.${index}.${field}`] = message);
    const name = variant.name.toLowerCase();
    if (!name) say('name', 'Name this variant, such as “Large” or “Blue”.');
    else if (name.length > limits.variantName) say('name', `Use at most ${limits.variantName} characters.`);
    else if (names.has(name)) say('name', 'Another variant has this name already. Choose another one.');
    names.add(name);
    if (variant.sku && variant.sku.length > limits.sku)
      say('sku', `Use at most ${limits.sku} characters in the SKU.`);
    if (variant.sku && skus.has(variant.sku)) say('sku', 'Another variant has this SKU already.');
    if (variant.sku) skus.add(variant.sku);
    const price = amountProblem(variant.price, currency, 'The price');
    if (price) say('price', price);
    else if (variant.price.isZero) say('price', 'Enter a price above zero.');
    if (!Number.isInteger(variant.stock) || variant.stock < 0 || variant.stock > limits.stock)
      say('stock', 'Enter how many you have as a whole number, 0 or more.');
  });
  return fields;
}

/** Stripe takes at most eight digits (docs.stripe.com/currencies, "Minimum and maximum charge amounts"). */
const LARGEST_AMOUNT = 99_999_999n;

function amountProblem(money: Money, currency: string, what: string): string | null {
  if (money.currency !== currency)
    return `${what} must be in ${currency.toUpperCase()}, your shop's currency.`;
  if (money.isNegative) return `${what} can't be below zero.`;
  if (money.amount > LARGEST_AMOUNT)
    return `${what} can be at most ${Money.of(LARGEST_AMOUNT, currency).format()}.`;
  return null;
}

/** What a buyer reads about the stock; null where there is plenty. */
export function stockWords(available: number): string | null {
  if (available <= 0) return 'Sold out';
  return available <= 5 ? `Only ${available} left` : null;
}

/** "hand-thrown-mug": letters and digits of the title, for people who read addresses. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '');
}

/** Where buyers read the listing; the slug is only for people, the id counts. */
export function listingUrl(id: string, title: string): string {
  const slug = slugOf(title);
  return slug ? `/listing/${id}-${slug}` : `/listing/${id}`;
}

/** The listing id in `lst_…` or `lst_…-slug`. */
export function listingIdOf(key: string): string {
  return key.split('-')[0]!;
}

/**
 * A typed search as two parts: words that must match as they are (websearch syntax: quotes, -not, or), and the
 * beginning of a last word that may still be incomplete.
 */
export function searchParts(text: string): { words: string; beginning: string | null } {
  const query = text.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 200);
  const last = /(?:^|\s)([\p{L}\p{N}]{2,})$/u.exec(query)?.[1];
  if (!last || query.includes('"') || /^or$/i.test(last)) return { words: query, beginning: null };
  return { words: query.slice(0, -last.length).trim(), beginning: last };
}
