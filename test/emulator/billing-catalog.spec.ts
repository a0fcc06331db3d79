import type Stripe from 'stripe';
import { at, Bench, KEY } from './support.js';

describe('products and prices', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
  });
  afterAll(() => bench.stop());

  it('makes a product with its default price, and tells of the plan that the price is, too', async () => {
    const product = await stripe.products.create({
      name: 'Clay club',
      default_price_data: { currency: 'usd', unit_amount: 1500, recurring: { interval: 'month' } },
      expand: ['default_price'],
    });
    expect(product.default_price).toMatchObject({
      product: product.id,
      type: 'recurring',
      unit_amount: 1500,
      recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
    });
    expect(await bench.eventTypes()).toEqual(['product.created', 'plan.created', 'price.created']);
    const price = product.default_price as Stripe.Price;
    expect(await stripe.plans.retrieve(price.id)).toMatchObject({ object: 'plan', amount: 1500 });
  });

  it('finds a price by its lookup key, which moves on when asked', async () => {
    const { id: product } = await stripe.products.create({ name: 'Bowl' });
    const make = (more: object) =>
      stripe.prices.create({ product, currency: 'usd', unit_amount: 900, lookup_key: 'bowl', ...more });
    const first = await make({});
    await expect(make({})).rejects.toMatchObject({ code: 'resource_already_exists', param: 'lookup_key' });
    const second = await make({ transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: ['bowl'] })).data.map((one) => one.id)).toEqual([
      second.id,
    ]);
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  });

  it('shows tiers when asked, and refuses amounts that say two things or nothing', async () => {
    const { id: product } = await stripe.products.create({ name: 'Seats' });
    const tiered = await stripe.prices.create({
      product,
      currency: 'usd',
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      recurring: { interval: 'month' },
      tiers: [
        { up_to: 5, unit_amount: 1000 },
        { up_to: 'inf', unit_amount: 800 },
      ],
    });
    expect(tiered.tiers).toBeUndefined();
    const shown = await stripe.prices.retrieve(tiered.id, { expand: ['tiers'] });
    expect(shown.tiers).toMatchObject([
      { up_to: 5, unit_amount: 1000 },
      { up_to: null, unit_amount: 800 },
    ]);
    await expect(stripe.prices.create({ product, currency: 'usd' })).rejects.toMatchObject({
      code: 'parameter_missing',
    });
    await expect(
      stripe.prices.create({ product: 'prod_none', currency: 'usd', unit_amount: 1 }),
    ).rejects.toMatchObject({ code: 'resource_missing', param: 'product' });
  });

  it('deletes a product only while it has no price', async () => {
    const product = await stripe.products.create({ name: 'Vase' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 5 });
    await expect(stripe.products.del(product.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(
      await stripe.products.update(product.id, { active: false, default_price: price.id }),
    ).toMatchObject({
      active: false,
      default_price: price.id,
    });
    const bare = await stripe.products.create({ name: 'Cup' });
    expect(await stripe.products.del(bare.id)).toEqual(
      expect.objectContaining({ id: bare.id, object: 'product', deleted: true }),
    );
    await expect(stripe.products.retrieve(bare.id)).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('keeps plans, the older way to say the same', async () => {
    const plan = await stripe.plans.create({
      amount: 2000,
      currency: 'usd',
      interval: 'year',
      product: { name: 'Annual' },
    });
    expect(await stripe.prices.retrieve(plan.id)).toMatchObject({ unit_amount: 2000, type: 'recurring' });
    expect(await stripe.plans.update(plan.id, { nickname: 'A' })).toMatchObject({ nickname: 'A' });
    expect(await stripe.plans.del(plan.id)).toMatchObject({ deleted: true });
    const types = (await bench.eventTypes()).filter((type) => type.startsWith('plan.'));
    expect(types.slice(-3)).toEqual(['plan.created', 'plan.updated', 'plan.deleted']);
  });
});

describe('coupons, promotion codes and tax rates', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
  });
  afterEach(() => bench.stop());

  it('ends a coupon with its day, and a promotion code with its own', async () => {
    const coupon = await stripe.coupons.create({ percent_off: 20, redeem_by: at(2) });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'Autumn',
      expires_at: at(1),
    });
    expect((await stripe.promotionCodes.list({ code: 'AUTUMN' })).data[0]).toMatchObject({ id: code.id });
    await expect(
      stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'autumn' }),
    ).rejects.toMatchObject({ param: 'code' });
    await bench.advance(1.5);
    expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({ active: false });
    expect((await stripe.coupons.retrieve(coupon.id)).valid).toBe(true);
    await bench.advance(1);
    expect((await stripe.coupons.retrieve(coupon.id)).valid).toBe(false);
  });

  it('gives a customer a discount in the words of an older version, and takes it away', async () => {
    const send = async (path: string, method: string, body = '') => {
      const headers = { authorization: `Bearer ${KEY}`, 'stripe-version': '2024-06-20' };
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const options = { method, headers: { ...headers, ...type }, ...(body && { body }) };
      const answer = await fetch(bench.emulator.url + path, options);
      return (await answer.json()) as Record<string, unknown>;
    };
    const [first, second] = await Promise.all(
      [20, 30].map((percent_off) => stripe.coupons.create({ percent_off, duration: 'forever' })),
    );
    const customer = await send('/v1/customers', 'POST', `coupon=${first!.id}`);
    expect(customer['discount']).toMatchObject({ source: { coupon: first!.id }, customer: customer['id'] });
    const path = `/v1/customers/${customer['id'] as string}`;
    expect((await send(path, 'POST', `coupon=${second!.id}`))['discount']).toMatchObject({
      source: { coupon: second!.id },
    });
    expect(await send(`${path}/discount`, 'DELETE')).toMatchObject({ object: 'discount', deleted: true });
    expect((await stripe.customers.retrieve(customer['id'] as string)) as Stripe.Customer).toMatchObject({
      discount: null,
    });
    const types = (await bench.eventTypes()).filter((type) => type.startsWith('customer.discount'));
    expect(types).toEqual(['created', 'updated', 'deleted'].map((word) => `customer.discount.${word}`));
    expect((await stripe.coupons.retrieve(first!.id)).times_redeemed).toBe(1);
  });

  it('keeps tax rates, whose percentage stays what it was', async () => {
    const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: true, percentage: 19 });
    const after = await stripe.taxRates.update(rate.id, { active: false });
    expect(after).toMatchObject({ active: false, percentage: 19, inclusive: true });
    await expect(
      stripe.taxRates.update(rate.id, { percentage: 7 } as Stripe.TaxRateUpdateParams),
    ).rejects.toMatchObject({ code: 'parameter_unknown' });
    expect((await stripe.taxRates.list({ active: true })).data).toEqual([]);
  });
});
