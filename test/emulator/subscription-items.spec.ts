import type Stripe from 'stripe';
import { Shop } from './billing-support.js';
import { Bench } from './support.js';

describe('items of a subscription, each changed by itself', () => {
  let bench: Bench;
  let stripe: Stripe;
  let shop: Shop;
  let subscription: Stripe.Subscription;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    shop = new Shop(bench);
    subscription = await shop.subscription({ amount: 3000 });
  });
  afterEach(() => bench.stop());

  const waiting = async () =>
    (await stripe.invoiceItems.list({ pending: true })).data
      .map(({ amount }) => amount)
      .sort((a, b) => a - b);

  it('are added and charged for what is left of the period, once', async () => {
    await bench.advance(15);
    const added = await stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: await shop.price(600),
      quantity: 2,
      metadata: { seat: 'second' },
    });
    expect(added).toMatchObject({ object: 'subscription_item', quantity: 2, metadata: { seat: 'second' } });
    const { data } = await stripe.subscriptionItems.list({ subscription: subscription.id });
    expect(data.map(({ id }) => id)).toEqual([subscription.items.data[0]!.id, added.id]);
    expect(await stripe.subscriptionItems.retrieve(added.id)).toEqual(added);
    // From 25 November a month has 30 days.
    expect(await waiting()).toEqual([600]);
    await expect(stripe.subscriptionItems.retrieve('si_none')).rejects.toMatchObject({
      code: 'resource_missing',
    });
  });

  it('change in number, with credit for what was and a charge for what is', async () => {
    await bench.advance(10);
    const [item] = subscription.items.data;
    const more = await stripe.subscriptionItems.update(item!.id, { quantity: 3, metadata: { seats: '3' } });
    expect(more).toMatchObject({ id: item!.id, quantity: 3, metadata: { seats: '3' } });
    expect(await waiting()).toEqual([-2000, 6000]);
    const quiet = await stripe.subscriptionItems.update(item!.id, {
      quantity: 1,
      proration_behavior: 'none',
    });
    expect(quiet.quantity).toBe(1);
    expect(await waiting()).toEqual([-2000, 6000]);
    expect((await shop.told('customer.subscription')).at(-1)).toBe('customer.subscription.updated');
  });

  it('are taken away with credit, but never the last one', async () => {
    const added = await stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: await shop.price(600),
      proration_behavior: 'none',
    });
    await bench.advance(15);
    expect(await stripe.subscriptionItems.del(added.id)).toEqual(
      expect.objectContaining({ id: added.id, object: 'subscription_item', deleted: true }),
    );
    expect(await waiting()).toEqual([-300]);
    await expect(stripe.subscriptionItems.retrieve(added.id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(stripe.subscriptionItems.del(subscription.items.data[0]!.id)).rejects.toMatchObject({
      statusCode: 400,
    });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data).toHaveLength(1);
  });

  it('lose the discount of their subscription when it is deleted, from the next invoice on', async () => {
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
    const cheap = await shop.subscription({ amount: 2000, discounts: [{ coupon: coupon.id }] });
    expect(await shop.latest(cheap.id)).toMatchObject({ amount_paid: 1000 });
    const gone = await stripe.subscriptions.deleteDiscount(cheap.id);
    expect(gone).toMatchObject({ object: 'discount', deleted: true });
    await bench.advance(31.1);
    expect(await shop.latest(cheap.id)).toMatchObject({ amount_paid: 2000, discounts: [] });
    await expect(stripe.subscriptions.deleteDiscount(cheap.id)).rejects.toMatchObject({ statusCode: 404 });
  });
});
