import type Stripe from 'stripe';
import { listOf } from '../../http/lists.js';
import { bool, metadata, oneOf, paging, range, required, str, type Param } from '../../http/params.js';
import { route } from '../../http/route.js';

type TaxRate = Stripe.TaxRate;

const percentage: Param = { type: 'number', required: true };

const taxType = oneOf(
  'admissions_tax',
  'amusement_tax',
  'attendance_tax',
  'communications_tax',
  'digital_excise_tax',
  'entertainment_tax',
  'get_fund',
  'gross_receipts_tax',
  'gst',
  'hospitality_tax',
  'hst',
  'igst',
  'jct',
  'lease_tax',
  'luxury_tax',
  'mass_transit_parking_tax',
  'nhil',
  'parking_tax',
  'pst',
  'qst',
  'resort_tax',
  'retail_delivery_fee',
  'rst',
  'sales_tax',
  'service_tax',
  'tourism_tax',
  'utility_users_tax',
  'vat',
);

const shown = { country: str, description: str, jurisdiction: str, metadata, state: str, tax_type: taxType };

export const taxRates = [
  route<Stripe.TaxRateCreateParams, TaxRate>(
    'POST',
    '/v1/tax_rates',
    { active: bool, ...shown, display_name: required(str), inclusive: required(bool), percentage },
    ({ engine, account }, params) => engine.billing.taxRates.create(account, params),
  ),
  route<Stripe.TaxRateListParams, Stripe.ApiList<TaxRate>>(
    'GET',
    '/v1/tax_rates',
    { ...paging, active: bool, created: range, inclusive: bool },
    (call, params) =>
      listOf(call, 'tax_rate', params, {
        filter: (rate) =>
          (params.active === undefined || rate.active === params.active) &&
          (params.inclusive === undefined || rate.inclusive === params.inclusive),
      }),
  ),
  route<Stripe.TaxRateRetrieveParams, TaxRate>('GET', '/v1/tax_rates/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('tax_rate', account, ids['id']!),
  ),
  route<Stripe.TaxRateUpdateParams, TaxRate>(
    'POST',
    '/v1/tax_rates/:id',
    { active: bool, ...shown, display_name: str },
    ({ engine, account, ids }, params) => engine.billing.taxRates.update(account, ids['id']!, params),
  ),
];
