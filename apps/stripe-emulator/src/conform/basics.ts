import type Stripe from 'stripe';
import { NAME, pay, type Scenarios } from './stage.js';

/** What any account in test mode can do by its API alone, on the emulator and at Stripe. Each cleans up after itself. */
export const basics: Scenarios = {
  'a customer is made, changed, listed and deleted': async ({ stripe, show, claim, refused }) => {
    const { id } = show('made', await stripe.customers.create({ name: NAME, metadata: { a: '1', b: '2' } }));
    show('changed', await stripe.customers.update(id, { email: 'ada@example.com', metadata: { b: '' } }));
    const { data, has_more } = await stripe.customers.list({ limit: 1 });
    claim('the newest comes first', [data[0]!.id === id, typeof has_more], [true, 'boolean']);
    show('deleted', await stripe.customers.del(id));
    await refused('changed after that', stripe.customers.update(id, { name: 'x' }));
  },

  'a card pays': async ({ stripe, show, claim }) => {
    const paid = show('paid', await pay(stripe, { expand: ['latest_charge.balance_transaction'] }));
    const charge = paid.latest_charge as Stripe.Charge;
    const { amount, fee, net } = charge.balance_transaction as Stripe.BalanceTransaction;
    claim('2.9 % and 0.30 of 10.00', [paid.status, amount, fee, net], ['succeeded', 1000, 59, 941]);
    show('its charge', await stripe.charges.retrieve(charge.id));
  },

  'an amount is held and captured in part': async ({ stripe, show, claim, refused }) => {
    const held = show('held', await pay(stripe, { capture_method: 'manual' }));
    claim('held', [held.status, held.amount_capturable, held.amount_received], ['requires_capture', 1000, 0]);
    const taken = show('taken', await stripe.paymentIntents.capture(held.id, { amount_to_capture: 600 }));
    claim('taken', [taken.status, taken.amount_capturable, taken.amount_received], ['succeeded', 0, 600]);
    await refused('taken again', stripe.paymentIntents.capture(held.id));
  },

  'money goes back, and no more than came': async ({ stripe, show, claim, refused }) => {
    const paid = await pay(stripe);
    const part = show('a part', await stripe.refunds.create({ payment_intent: paid.id, amount: 400 }));
    claim('a part', [part.status, part.amount], ['succeeded', 400]);
    await refused('too much', stripe.refunds.create({ payment_intent: paid.id, amount: 601 }));
    show('the rest', await stripe.refunds.create({ payment_intent: paid.id }));
    await refused('once more', stripe.refunds.create({ payment_intent: paid.id }));
    const { amount_refunded, refunded } = await stripe.charges.retrieve(paid.latest_charge as string);
    claim('all of it', [amount_refunded, refunded], [1000, true]);
  },

  'a card is saved': async ({ stripe, show, claim }) => {
    const { id } = await stripe.customers.create({ name: NAME });
    const saved = await stripe.setupIntents.create({
      customer: id,
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    show('saved', saved);
    claim('saved', saved.status, 'succeeded');
    const { data } = await stripe.customers.listPaymentMethods(id);
    show('the card', data[0]);
    await stripe.customers.del(id);
  },

  'calls are refused': async ({ stripe, refused }) => {
    const wrong = (params: object) => stripe.customers.create(params as Stripe.CustomerCreateParams);
    await refused('an unknown parameter', wrong({ colour: 'red' }));
    await refused('an empty parameter', wrong({ name: '', metadata: { a: '1' }, tax_exempt: 'perhaps' }));
    await refused('a bad address', wrong({ email: 'nobody' }));
    await refused('an object that is not there', stripe.customers.retrieve('cus_none'));
    await refused('a cursor that is not there', stripe.customers.list({ starting_after: 'cus_none' }));
    await refused('too long a page', stripe.customers.list({ limit: 101 }));
    await refused('a currency that is none', pay(stripe, { currency: 'xxx' }));
    await refused('too little', pay(stripe, { amount: 10 }));
    await refused('a missing amount', pay(stripe, { amount: undefined as unknown as number }));
    await refused('a stranger', stripe.balance.retrieve({}, { stripeAccount: 'acct_none' }));
    await refused('an unknown method', pay(stripe, { payment_method: 'pm_none' }));
  },

  'a key repeats its answer': async ({ stripe, claim, refused }) => {
    const idempotencyKey = `conform-${Date.now()}`;
    const make = (name: string) => stripe.customers.create({ name }, { idempotencyKey });
    const [first, second] = [await make(NAME), await make(NAME)];
    claim('the same customer', second.id === first.id, true);
    await refused('other parameters', make('Somebody else'));
    await stripe.customers.del(first.id);
  },

  'things are sold': async ({ stripe, show, claim, refused }) => {
    const product = show('product', await stripe.products.create({ name: NAME }));
    const price = show(
      'price',
      await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1500 }),
    );
    const coupon = show('coupon', await stripe.coupons.create({ percent_off: 20, duration: 'once' }));
    const session = show('session', await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
          { quantity: 2, price: price.id },
        ],
      discounts: [{ coupon: coupon.id }],
      success_url: 'https://shop.example/done',
      adaptive_pricing: { enabled: false },
    })); // prettier-ignore
    claim('20 % of 30.00', [session.amount_subtotal, session.amount_total], [3000, 2400]);
    const expired = await stripe.checkout.sessions.expire(session.id);
    claim('expired', [expired.status, expired.url], ['expired', null]);
    await refused('expired again', stripe.checkout.sessions.expire(session.id));
    show('no longer a coupon', await stripe.coupons.del(coupon.id));
    show('archived', await stripe.products.update(product.id, { active: false }));
  },

  'an endpoint is registered': async ({ stripe, show, claim }) => {
    const endpoint = show('made', await stripe.webhookEndpoints.create({
      url: 'https://shop.example/hook',
      enabled_events: ['charge.refunded'],
    })); // prettier-ignore
    claim('its secret', endpoint.secret?.slice(0, 6), 'whsec_');
    const { secret } = await stripe.webhookEndpoints.retrieve(endpoint.id);
    claim('shown once', secret, undefined);
    show('gone', await stripe.webhookEndpoints.del(endpoint.id));
  },

  'a payment is told of': async ({ stripe, show, claim }) => {
    const paid = await pay(stripe);
    const about = async () => {
      const { data } = await stripe.events.list({ limit: 50 });
      return data.filter(({ data: { object } }) => {
        const { id, payment_intent } = object as { id?: string; payment_intent?: string };
        return id === paid.id || payment_intent === paid.id;
      });
    };
    // Stripe records events a moment after the answer.
    let events = await about();
    for (let tries = 0; events.length < 3 && tries < 20; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      events = await about();
    }
    const types = ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'];
    claim(
      'in events',
      types.filter((type) => events.some((event) => event.type === type)),
      types,
    );
    show(
      'as one',
      events.find(({ type }) => type === 'payment_intent.succeeded'),
    );
  },
};
