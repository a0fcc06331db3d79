import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, missing } from '../../engine/errors.js';
import { mergeMetadata } from '../metadata.js';
import { wholeAmount } from './amounts.js';

type Price = Stripe.Price;
type Create = Stripe.PriceCreateParams;

/** Prices. A plan is the older picture of a recurring price, under the same id: both are told of. */
export class Prices {
  constructor(private readonly engine: Engine) {}

  need(account: string, id: string, param = 'price'): Price {
    const price = this.engine.store.get('price', account, id);
    if (!price) throw missing('price', id, param);
    return price;
  }

  create(account: string, params: Create, id = this.engine.ids.next('price')): Price {
    const { engine } = this;
    const scheme = params.billing_scheme ?? (params.tiers ? 'tiered' : 'per_unit');
    checkAmounts(params, scheme);
    const product = this.productOf(account, params);
    if (params.lookup_key) this.takeLookupKey(account, params.lookup_key, params.transfer_lookup_key);
    const { recurring, custom_unit_amount: custom } = params;
    const amount = wholeAmount(params.unit_amount, params.unit_amount_decimal);
    const price = engine.store.insert('price', account, {
      id,
      object: 'price',
      active: params.active ?? true,
      billing_scheme: scheme,
      created: engine.clock.seconds(),
      currency: params.currency,
      custom_unit_amount: custom?.enabled
        ? {
            maximum: custom.maximum ?? null,
            minimum: custom.minimum ?? null,
            preset: custom.preset ?? null,
          }
        : null,
      livemode: engine.livemode,
      lookup_key: params.lookup_key ?? null,
      metadata: mergeMetadata({}, params.metadata),
      nickname: params.nickname ?? null,
      product,
      recurring: recurring
        ? {
            interval: recurring.interval,
            interval_count: recurring.interval_count ?? 1,
            meter: recurring.meter ?? null,
            trial_period_days: recurring.trial_period_days ?? null,
            usage_type: recurring.usage_type ?? 'licensed',
          }
        : null,
      tax_behavior: params.tax_behavior ?? 'unspecified',
      tiers_mode: params.tiers_mode ?? null,
      transform_quantity: params.transform_quantity ?? null,
      type: recurring ? 'recurring' : 'one_time',
      unit_amount: amount,
      unit_amount_decimal: decimalOf(params),
    });
    if (params.tiers) engine.store.insert('price_tiers', account, { id, tiers: tiersOf(params.tiers) });
    if (recurring) engine.events.emit(account, 'plan.created', planOf(price));
    engine.events.emit(account, 'price.created', price);
    return price;
  }

  update(account: string, id: string, params: Stripe.PriceUpdateParams): Price {
    const { engine } = this;
    const before = this.need(account, id, 'id');
    const { metadata, transfer_lookup_key, currency_options: _, expand: __, ...rest } = params;
    if (params.lookup_key && params.lookup_key !== before.lookup_key)
      this.takeLookupKey(account, params.lookup_key, transfer_lookup_key);
    const after = engine.store.update('price', account, id, {
      ...rest,
      metadata: mergeMetadata(before.metadata, metadata),
    });
    if (after.recurring) engine.events.emit(account, 'plan.updated', planOf(after));
    engine.events.emit(account, 'price.updated', after);
    return after;
  }

  tiersOf(account: string, id: string): Stripe.Price.Tier[] {
    return this.engine.store.get('price_tiers', account, id)?.tiers ?? [];
  }

  private productOf(account: string, params: Create): string {
    const { engine } = this;
    const { product, product_data: data } = params;
    if ((product === undefined) === (data === undefined)) {
      throw invalid('You must pass either product or product_data, and not both.', {
        code: 'parameter_missing',
        param: 'product',
      });
    }
    if (data) return engine.billing.products.create(account, data).id;
    if (!engine.store.get('product', account, product!)) throw missing('product', product!, 'product');
    return product!;
  }

  private takeLookupKey(account: string, key: string, transfer = false): void {
    const [owner] = this.engine.store.by('price', account, 'lookup_key', key);
    if (!owner) return;
    if (!transfer) {
      throw invalid(`A price (\`${owner.id}\`) already uses that lookup key.`, {
        code: 'resource_already_exists',
        param: 'lookup_key',
      });
    }
    this.engine.store.update('price', account, owner.id, { lookup_key: null });
  }
}

function checkAmounts(params: Create, scheme: string): void {
  const given = [params.unit_amount, params.unit_amount_decimal, params.custom_unit_amount, params.tiers];
  if (given.filter((one) => one !== undefined).length !== 1) {
    throw invalid(
      'Prices require exactly one of: `unit_amount`, `unit_amount_decimal`, `custom_unit_amount`, `tiers`.',
      { code: 'parameter_missing', param: 'unit_amount' },
    );
  }
  if ((scheme === 'tiered') !== (params.tiers !== undefined) || (params.tiers && !params.tiers_mode)) {
    throw invalid('Tiered prices need `billing_scheme=tiered`, `tiers` and `tiers_mode`.', {
      code: 'parameter_missing',
      param: 'tiers_mode',
    });
  }
  if (params.tiers && params.tiers.at(-1)?.up_to !== 'inf')
    throw invalid('The last tier must go up to `inf`.', { param: 'tiers' });
}

/** The SDK turns this string into its own decimal type. */
function decimalOf(params: Create): Price['unit_amount_decimal'] {
  const given = params.unit_amount_decimal ?? params.unit_amount;
  return (given === undefined ? null : String(given)) as unknown as Price['unit_amount_decimal'];
}

function tiersOf(tiers: Stripe.PriceCreateParams.Tier[]): Stripe.Price.Tier[] {
  return tiers.map((tier) => {
    const text = (value: unknown) => (value === undefined ? null : String(value)) as never;
    return {
      flat_amount: wholeAmount(tier.flat_amount, tier.flat_amount_decimal),
      flat_amount_decimal: text(tier.flat_amount_decimal ?? tier.flat_amount),
      unit_amount: wholeAmount(tier.unit_amount, tier.unit_amount_decimal),
      unit_amount_decimal: text(tier.unit_amount_decimal ?? tier.unit_amount),
      up_to: tier.up_to === 'inf' ? null : Number(tier.up_to),
    };
  });
}

/** A recurring price as the plans API shows it. */
export function planOf(price: Price): Stripe.Plan {
  const { recurring } = price;
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: recurring!.interval,
    interval_count: recurring!.interval_count,
    livemode: price.livemode,
    metadata: price.metadata,
    meter: recurring!.meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: recurring!.trial_period_days,
    usage_type: recurring!.usage_type,
  };
}
