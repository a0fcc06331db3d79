import type Stripe from 'stripe';
import { SECOND } from '../../engine/clock.js';
import type { Engine } from '../../engine/engine.js';
import { invalid, missing } from '../../engine/errors.js';
import { mergeMetadata } from '../metadata.js';

type Coupon = Stripe.Coupon;

/** Coupons, and how often they were redeemed. */
export class Coupons {
  constructor(private readonly engine: Engine) {
    engine.timers.on('coupon.expire', (account, id) => this.expire(account!, id!));
  }

  create(account: string, params: Stripe.CouponCreateParams): Coupon {
    const { engine } = this;
    check(params);
    const { amount_off = null, percent_off = null, applies_to } = params;
    const id = params.id ?? engine.ids.next('x').slice(2, 10);
    if (engine.store.get('coupon', account, id))
      throw invalid('Coupon already exists.', { code: 'resource_already_exists', param: 'id' });
    const coupon = engine.store.insert('coupon', account, {
      id,
      object: 'coupon',
      amount_off,
      ...(applies_to?.products && { applies_to: { products: applies_to.products } }),
      created: engine.clock.seconds(),
      currency: amount_off === null ? null : params.currency!,
      duration: params.duration ?? 'once',
      duration_in_months: params.duration_in_months ?? null,
      livemode: engine.livemode,
      max_redemptions: params.max_redemptions ?? null,
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
      percent_off,
      redeem_by: params.redeem_by ?? null,
      times_redeemed: 0,
      valid: true,
    });
    if (coupon.redeem_by)
      engine.timers.set(coupon.redeem_by * SECOND, 'coupon.expire', [account, id], `coupon:${account}:${id}`);
    engine.events.emit(account, 'coupon.created', coupon);
    return coupon;
  }

  update(account: string, id: string, params: Stripe.CouponUpdateParams): Coupon {
    const { engine } = this;
    const before = this.need(account, id);
    const after = engine.store.update('coupon', account, id, {
      ...(params.name !== undefined && { name: params.name }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    });
    engine.events.emit(account, 'coupon.updated', after);
    return after;
  }

  remove(account: string, id: string): Stripe.DeletedCoupon {
    const { engine } = this;
    const coupon = this.need(account, id);
    engine.store.remove('coupon', account, id);
    engine.events.emit(account, 'coupon.deleted', coupon);
    return { id, object: 'coupon', deleted: true };
  }

  need(account: string, id: string, param = 'coupon'): Coupon {
    const coupon = this.engine.store.get('coupon', account, id);
    if (!coupon) throw missing('coupon', id, param);
    return coupon;
  }

  /** @throws Refusal when the coupon can't be redeemed any more */
  redeem(account: string, id: string, param: string): Coupon {
    const coupon = this.need(account, id, param);
    if (!coupon.valid)
      throw invalid(`Coupon ${id} can no longer be redeemed.`, { code: 'coupon_expired', param });
    const times_redeemed = coupon.times_redeemed + 1;
    return this.engine.store.update('coupon', account, id, {
      times_redeemed,
      valid: coupon.max_redemptions === null || times_redeemed < coupon.max_redemptions,
    });
  }

  private expire(account: string, id: string): void {
    if (this.engine.store.get('coupon', account, id))
      this.engine.store.update('coupon', account, id, { valid: false });
  }
}

function check(params: Stripe.CouponCreateParams): void {
  const { amount_off, percent_off, duration, duration_in_months: months } = params;
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalid('You must pass either amount_off or percent_off, and not both.', {
      code: 'parameter_missing',
      param: 'percent_off',
    });
  }
  if (amount_off !== undefined && !params.currency) {
    throw invalid('You must pass currency when passing amount_off.', {
      code: 'parameter_missing',
      param: 'currency',
    });
  }
  if (percent_off !== undefined && (percent_off <= 0 || percent_off > 100))
    throw invalid('percent_off must be greater than 0 and at most 100.', { param: 'percent_off' });
  if ((duration === 'repeating') !== (months !== undefined)) {
    throw invalid('duration_in_months goes with a duration of `repeating`, and with no other.', {
      code: 'parameter_missing',
      param: 'duration_in_months',
    });
  }
}
