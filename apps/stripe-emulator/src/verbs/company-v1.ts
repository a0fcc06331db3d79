import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';

type Company = Stripe.Account.Company;
type Params = NonNullable<Stripe.AccountUpdateParams['company']>;

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const NO_DOCUMENT = { back: null, details: null, details_code: null, front: null };

/** A company as v1 shows it: what v2 has words for, too, and the rest. Numbers are never shown. */
export function companyV1({ company: known, company_more: more, provided }: AccountRecord): Company {
  return {
    ...(known?.address && { address: { ...NO_ADDRESS, ...known.address } as Stripe.Address }),
    directors_provided: false,
    executives_provided: false,
    name: known?.registered_name ?? null,
    owners_provided: false,
    phone: known?.phone ?? null,
    ...(known?.structure && { structure: known.structure as NonNullable<Company['structure']> }),
    tax_id_provided: provided.includes('tax_id'),
    verification: { document: NO_DOCUMENT },
    ...more,
  };
}

/** Takes in what v2 has no words for; an empty value unsets. */
export function mergeCompanyV1(
  before: AccountRecord['company_more'],
  params: Params | undefined,
): AccountRecord['company_more'] {
  if (!params) return before;
  const { address: _a, name: _n, phone: _p, structure: _s, tax_id: _t, ...rest } = params;
  const { vat_id, registration_number: _unseen, verification, ...plain } = rest;
  const merged = Object.entries(plain).map(([name, value]): [string, unknown] => [
    name,
    name.endsWith('address') ? { ...NO_ADDRESS, ...(value as object) } : value === '' ? undefined : value,
  ]);
  return {
    ...before,
    ...(Object.fromEntries(merged) as Company),
    ...(vat_id && { vat_id_provided: true }),
    ...(verification && { verification: { document: { ...NO_DOCUMENT, ...verification.document } } }),
  };
}
