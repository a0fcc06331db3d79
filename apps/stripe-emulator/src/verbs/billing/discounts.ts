import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { lacking, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { addMonths } from './periods.js';

type Discount = Stripe.Discount;

/** How a discount is asked for. */
export interface DiscountParam {
  coupon?: string;
  discount?: string;
  promotion_code?: string;
}

/** What a discount hangs on. */
export interface Target {
  customer?: string | null;
  subscription?: string;
  invoice?: string;
  invoice_item?: string;
  checkout_session?: string;
}

/** Coupons that were redeemed: each is a discount on a customer, a subscription, an invoice or an item. */
export class Discounts {
  constructor(private readonly engine: Engine) {}

  get(account: string, id: string): Discount | undefined {
    return this.engine.store.get('discount', account, id);
  }

  /** Redeems a coupon, a promotion code, or goes on with a discount that there is already. */
  redeem(account: string, given: DiscountParam, target: Target, start: number, param: string): Discount {
    const { engine } = this;
    if (given.discount) {
      const existing = this.get(account, given.discount);
      if (!existing) throw missing('discount', given.discount, `${param}[discount]`);
      return existing;
    }
    const code = given.promotion_code
      ? engine.billing.promotionCodes.need(account, given.promotion_code, `${param}[promotion_code]`)
      : null;
    const name = code ? idOf(code.promotion.coupon) : given.coupon;
    if (!name) {
      throw lacking(`${param}[coupon]`);
    }
    if (code) {
      engine.billing.promotionCodes.check(code, { amount: null, customer: target.customer ?? null }, param);
      engine.billing.promotionCodes.redeem(account, code);
    }
    const coupon = engine.billing.coupons.redeem(account, name, `${param}[coupon]`);
    return engine.store.insert('discount', account, {
      id: engine.ids.next('di'),
      object: 'discount',
      checkout_session: target.checkout_session ?? null,
      customer: target.customer ?? null,
      customer_account: null,
      end: coupon.duration === 'repeating' ? addMonths(start, coupon.duration_in_months!) : null,
      invoice: target.invoice ?? null,
      invoice_item: target.invoice_item ?? null,
      promotion_code: code?.id ?? null,
      source: { coupon: coupon.id, type: 'coupon' },
      start,
      subscription: target.subscription ?? null,
      subscription_item: null,
    });
  }

  redeemAll(
    account: string,
    given: DiscountParam[] | '' | null | undefined,
    target: Target,
    start: number,
  ): Discount[] {
    return (given || []).map((one, index) => this.redeem(account, one, target, start, `discounts[${index}]`));
  }

  /** What is left of a discount that is taken away. */
  remove(account: string, id: string): Stripe.DeletedDiscount {
    const { end: _, ...discount } = this.engine.store.need('discount', account, id);
    this.engine.store.remove('discount', account, id);
    return { ...discount, deleted: true };
  }

  coupon(account: string, discount: Discount): Stripe.Coupon | undefined {
    return this.engine.store.get('coupon', account, idOf(discount.source.coupon) ?? '');
  }

  /** The older way to give a customer a discount, which the command line still uses; '' takes it away. */
  setCoupon(account: string, customerId: string, coupon: string): void {
    const { engine } = this;
    const customer = engine.store.need('customer', account, customerId);
    const before = customer.discount;
    if (coupon === '') {
      this.dropFromCustomer(account, customerId);
      return;
    }
    const target = { customer: customerId };
    const discount = this.redeem(
      account,
      { coupon },
      target,
      engine.billing.testClocks.now(account, customer),
      'x',
    );
    if (before) engine.store.remove('discount', account, before.id);
    engine.store.update('customer', account, customerId, { discount });
    engine.events.emit(account, `customer.discount.${before ? 'updated' : 'created'}`, discount);
  }

  dropFromCustomer(account: string, customerId: string): Stripe.DeletedDiscount {
    const { engine } = this;
    const { discount } = engine.store.need('customer', account, customerId);
    if (!discount) throw missing('discount', customerId, 'customer');
    engine.store.update('customer', account, customerId, { discount: null });
    const deleted = this.remove(account, discount.id);
    engine.events.emit(account, 'customer.discount.deleted', discount);
    return deleted;
  }
}
