import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { missing } from '../../engine/errors.js';
import { mergeMetadata } from '../metadata.js';

type TaxRate = Stripe.TaxRate;

/** Rates that a platform names itself; nothing is worked out from an address. */
export class TaxRates {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: Stripe.TaxRateCreateParams): TaxRate {
    const { engine } = this;
    const rate = engine.store.insert('tax_rate', account, {
      id: engine.ids.next('txr'),
      object: 'tax_rate',
      active: params.active ?? true,
      country: params.country ?? null,
      created: engine.clock.seconds(),
      description: params.description ?? null,
      display_name: params.display_name,
      effective_percentage: null,
      flat_amount: null,
      inclusive: params.inclusive,
      jurisdiction: params.jurisdiction ?? null,
      jurisdiction_level: null,
      livemode: engine.livemode,
      metadata: mergeMetadata({}, params.metadata),
      percentage: params.percentage,
      rate_type: 'percentage',
      state: params.state ?? null,
      tax_type: params.tax_type ?? null,
    });
    engine.events.emit(account, 'tax_rate.created', rate);
    return rate;
  }

  update(account: string, id: string, params: Stripe.TaxRateUpdateParams): TaxRate {
    const { engine } = this;
    const before = engine.store.need('tax_rate', account, id);
    const { metadata, expand: _, ...rest } = params;
    const after = engine.store.update('tax_rate', account, id, {
      ...rest,
      metadata: mergeMetadata(before.metadata ?? {}, metadata),
    });
    engine.events.emit(account, 'tax_rate.updated', after);
    return after;
  }

  /** @throws Refusal naming the first id that is no rate */
  needAll(account: string, ids: string[] | '' | null | undefined, param: string): TaxRate[] {
    return (ids || []).map((id, index) => {
      const rate = this.engine.store.get('tax_rate', account, id);
      if (!rate) throw missing('tax rate', id, `${param}[${index}]`);
      return rate;
    });
  }
}
