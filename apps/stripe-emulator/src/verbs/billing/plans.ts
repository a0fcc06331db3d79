import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, lacking, missing } from '../../engine/errors.js';
import { planOf } from './prices.js';

/** The older way to make recurring prices. */
export class Plans {
  constructor(private readonly engine: Engine) {}

  need(account: string, id: string): Stripe.Price {
    const price = this.engine.store.get('price', account, id);
    if (!price?.recurring) throw missing('plan', id);
    return price;
  }

  create(account: string, params: Stripe.PlanCreateParams): Stripe.Plan {
    const { engine } = this;
    const id = params.id ?? engine.ids.next('plan');
    if (engine.store.get('price', account, id))
      throw invalid('Plan already exists.', { code: 'resource_already_exists', param: 'id' });
    const { product, interval, amount, amount_decimal, transform_usage, metadata } = params;
    const { interval_count, trial_period_days, usage_type, billing_scheme, tiers, tiers_mode } = params;
    const given = typeof product === 'string' ? { product } : { product_data: product! };
    if (typeof product !== 'string' && !product?.name) {
      throw lacking('product[name]');
    }
    const price = engine.billing.prices.create(
      account,
      {
        ...given,
        currency: params.currency,
        ...(params.active !== undefined && { active: params.active }),
        ...(amount !== undefined && { unit_amount: amount }),
        ...(amount_decimal !== undefined && { unit_amount_decimal: amount_decimal }),
        ...(metadata && { metadata }),
        ...(params.nickname && { nickname: params.nickname }),
        ...(billing_scheme && { billing_scheme }),
        ...(tiers && { tiers, tiers_mode: tiers_mode! }),
        ...(transform_usage && { transform_quantity: transform_usage }),
        recurring: {
          interval,
          ...(interval_count && { interval_count }),
          ...(trial_period_days && { trial_period_days }),
          ...(usage_type && { usage_type }),
        },
      },
      id,
    );
    return planOf(price);
  }

  update(account: string, id: string, params: Stripe.PlanUpdateParams): Stripe.Plan {
    const { engine } = this;
    const { product, trial_period_days, ...shared } = params;
    const before = this.need(account, id);
    if (product && !engine.store.get('product', account, product))
      throw missing('product', product, 'product');
    engine.store.update('price', account, id, {
      ...(product && { product }),
      recurring: {
        ...before.recurring!,
        trial_period_days: trial_period_days ?? before.recurring!.trial_period_days,
      },
    });
    return planOf(engine.billing.prices.update(account, id, shared));
  }

  remove(account: string, id: string): Stripe.DeletedPlan {
    const { engine } = this;
    const price = this.need(account, id);
    engine.store.remove('price', account, id);
    engine.events.emit(account, 'plan.deleted', planOf(price));
    engine.events.emit(account, 'price.deleted', price);
    return { id, object: 'plan', deleted: true };
  }
}
