import type Stripe from 'stripe';

/** Keys are merged; an empty value takes its key away, and an empty `metadata` takes all away. */
export function mergeMetadata(
  before: Stripe.Metadata,
  params: Stripe.MetadataParam | '' | null | undefined,
): Stripe.Metadata {
  if (params === undefined) return before;
  if (params === null || params === '') return {};
  const merged = { ...before };
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === '') delete merged[key];
    else merged[key] = String(value);
  }
  return merged;
}
