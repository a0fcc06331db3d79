import type Stripe from 'stripe';
import { SECOND } from '../../engine/clock.js';
import type { Engine } from '../../engine/engine.js';
import { invalid, lacking, missing } from '../../engine/errors.js';
import { mergeMetadata } from '../metadata.js';

type Code = Stripe.PromotionCode;
type Restrictions = Stripe.PromotionCodeCreateParams.Restrictions;

/** Words that a buyer types to have a coupon. */
export class PromotionCodes {
  constructor(private readonly engine: Engine) {
    engine.timers.on('promotion_code.expire', (account, id) => {
      engine.store.update('promotion_code', account!, id!, { active: false });
    });
  }

  create(account: string, params: Stripe.PromotionCodeCreateParams): Code {
    const { engine } = this;
    const coupon = params.promotion.coupon;
    if (!coupon) {
      throw lacking('promotion[coupon]');
    }
    engine.billing.coupons.need(account, coupon, 'promotion[coupon]');
    if (params.customer) engine.store.need('customer', account, params.customer, 'customer');
    const code = params.code ?? engine.ids.next('x').slice(2, 10).toUpperCase();
    if (this.byWord(account, code)) {
      throw invalid('An active promotion code with this code already exists.', {
        code: 'resource_already_exists',
        param: 'code',
      });
    }
    const made = engine.store.insert('promotion_code', account, {
      id: engine.ids.next('promo'),
      object: 'promotion_code',
      active: params.active ?? true,
      code,
      created: engine.clock.seconds(),
      customer: params.customer ?? null,
      customer_account: null,
      expires_at: params.expires_at ?? null,
      livemode: engine.livemode,
      max_redemptions: params.max_redemptions ?? null,
      metadata: mergeMetadata({}, params.metadata),
      promotion: { coupon, type: 'coupon' },
      restrictions: restrictionsOf(params.restrictions),
      times_redeemed: 0,
    });
    if (made.expires_at)
      engine.timers.set(made.expires_at * SECOND, 'promotion_code.expire', [account, made.id]);
    engine.events.emit(account, 'promotion_code.created', made);
    return made;
  }

  update(account: string, id: string, params: Stripe.PromotionCodeUpdateParams): Code {
    const { engine } = this;
    const before = this.need(account, id, 'id');
    const after = engine.store.update('promotion_code', account, id, {
      ...(params.active !== undefined && { active: params.active }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    });
    engine.events.emit(account, 'promotion_code.updated', after);
    return after;
  }

  need(account: string, id: string, param: string): Code {
    const code = this.engine.store.get('promotion_code', account, id);
    if (!code) throw missing('promotion code', id, param);
    return code;
  }

  /** The active code that a buyer typed, whatever its capitals. */
  byWord(account: string, word: string): Code | undefined {
    return this.engine.store
      .by('promotion_code', account, 'word', word.toLowerCase())
      .find((code) => code.active);
  }

  /** @throws Refusal when the code can't be used, for an order of `amount`, by this customer */
  check(code: Code, order: { amount: number | null; customer: string | null }, param: string): void {
    const { minimum_amount: least } = code.restrictions;
    const others = code.customer !== null && code.customer !== order.customer;
    if (!code.active || others || (least !== null && order.amount !== null && order.amount < least)) {
      throw invalid('This promotion code cannot be redeemed because the requirements are not met.', {
        code: 'coupon_expired',
        param,
      });
    }
  }

  redeem(account: string, code: Code): void {
    const times_redeemed = code.times_redeemed + 1;
    this.engine.store.update('promotion_code', account, code.id, {
      times_redeemed,
      active: code.max_redemptions === null || times_redeemed < code.max_redemptions,
    });
  }
}

function restrictionsOf(given: Restrictions = {}): Code['restrictions'] {
  if ((given.minimum_amount === undefined) !== (given.minimum_amount_currency === undefined)) {
    throw invalid('minimum_amount and minimum_amount_currency go together.', {
      code: 'parameter_missing',
      param: 'restrictions[minimum_amount_currency]',
    });
  }
  return {
    first_time_transaction: given.first_time_transaction ?? false,
    minimum_amount: given.minimum_amount ?? null,
    minimum_amount_currency: given.minimum_amount_currency ?? null,
  };
}
