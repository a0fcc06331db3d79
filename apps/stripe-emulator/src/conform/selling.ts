import type Stripe from 'stripe';
import { customerWith, NAME, pay, type Scenarios } from './stage.js';

const SESSION: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  line_items: [
    { quantity: 1, price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: NAME } } },
  ],
  success_url: 'https://shop.example/done',
  adaptive_pricing: { enabled: false },
};

/** Checkout, amounts and billing, as far as an API alone can go. */
export const selling: Scenarios = {
  'sessions are opened and expire': async ({ stripe, show, claim, refused }) => {
    const { sessions } = stripe.checkout;
    const seconds = Math.floor(Date.now() / 1000);
    const open = show('opened', await sessions.create(SESSION));
    claim('unpaid', [open.status, open.payment_status], ['open', 'unpaid']);
    claim('lives a day', open.expires_at - open.created, 86_400);
    const soon = sessions.create({ ...SESSION, expires_at: seconds + 60 });
    await refused('a minute', soon, { param: 'expires_at' });
    const old = { ...SESSION, payment_method_types: ['card'] } as Stripe.Checkout.SessionCreateParams;
    await refused('types of methods', sessions.create(old), {
      code: 'parameter_unknown',
      param: 'payment_method_types',
    });
    const { data } = await sessions.listLineItems(open.id);
    show('its line', data[0]);
    const { status } = await sessions.expire(open.id);
    claim('ended', status, 'expired');
    const setup = await sessions.create({
      mode: 'setup',
      currency: 'usd',
      success_url: 'https://shop.example/done',
    });
    claim('nothing to pay', [setup.mode, setup.payment_status], ['setup', 'no_payment_required']);
    await sessions.expire(setup.id);
  },

  'amounts have a least': async ({ stripe, refused, claim }) => {
    for (const [currency, amount] of Object.entries({ usd: 49, eur: 10, gbp: 10, jpy: 10 }))
      await refused(`${amount} ${currency}`, pay(stripe, { currency, amount }), { code: 'amount_too_small' });
    const yen = await pay(stripe, { currency: 'jpy', amount: 1200, expand: ['latest_charge'] });
    claim('yen are whole', (yen.latest_charge as Stripe.Charge).amount, 1200);
    await refused('too much', pay(stripe, { amount: 100_000_000 }), { code: 'amount_too_large' });
  },

  'what is gone is gone': async ({ stripe, claim, refused }) => {
    const paid = await pay(stripe);
    claim(
      'charges of an intent',
      [Object.hasOwn(paid, 'charges'), typeof paid.latest_charge],
      [false, 'string'],
    );
    const old = pay(stripe, { payment_method_types: ['card'] } as Partial<Stripe.PaymentIntentCreateParams>);
    await refused('types of methods', old, { code: 'parameter_unknown', param: 'payment_method_types' });
  },

  'a failed validation is not kept': async ({ stripe, claim, refused }) => {
    const options = { idempotencyKey: `conform-invalid-${Date.now()}` };
    const create = (params: object) =>
      stripe.customers.create(params as Stripe.CustomerCreateParams, options);
    await refused('a bad one', create({ colour: 'red' }), { code: 'parameter_unknown' });
    const { id, name } = await create({ name: NAME });
    claim('its key is free', name, NAME);
    await stripe.customers.del(id);
  },

  'a subscription is paid': async ({ stripe, show, claim }) => {
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1500,
      recurring: { interval: 'month' },
      product_data: { name: NAME },
    });
    const begin = async (card: string) => {
      const customer = await customerWith(stripe, card);
      return stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        expand: ['latest_invoice.payments'],
      });
    };
    const paid = show('paid', await begin('pm_card_visa'));
    const invoice = paid.latest_invoice as Stripe.Invoice;
    claim('active', [paid.status, invoice.status, invoice.amount_paid], ['active', 'paid', 1500]);
    const gone = ['payment_intent', 'charge'].filter((name) => Object.hasOwn(invoice, name));
    claim('payments in place of an intent', [gone, invoice.payments?.data.length], [[], 1]);
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 500, refund_amount: 500 });
    claim('some goes back', [note.status, note.type, note.amount], ['issued', 'post_payment', 500]);
    const unpaid = await begin('pm_card_chargeCustomerFail');
    claim('a declined card', unpaid.status, 'incomplete');
    for (const { id, customer } of [paid, unpaid]) {
      const { status } = await stripe.subscriptions.cancel(id);
      claim('ended', ['canceled', 'incomplete_expired'].includes(status), true);
      await stripe.customers.del(customer as string);
    }
  },

  'a bank account pays in days': async ({ stripe, claim, later, refused }) => {
    const debit = async (payment_method: string) => {
      const { id, status } = await stripe.paymentIntents.create({
        amount: 2000,
        currency: 'usd',
        confirm: true,
        payment_method,
        allowed_payment_method_types: ['us_bank_account'],
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      });
      claim(`${payment_method}, at first`, status, 'processing');
      const ended = await later(async () => {
        const now = await stripe.paymentIntents.retrieve(id);
        return now.status !== 'processing' && now;
      });
      return ended?.status;
    };
    claim('good', await debit('pm_usBankAccount_success'), 'succeeded');
    for (const ending of ['noAccount', 'accountClosed', 'insufficientFunds', 'debitNotAuthorized'])
      claim(ending, await debit(`pm_usBankAccount_${ending}`), 'requires_payment_method');
    await refused('one that is none', stripe.paymentMethods.retrieve('pm_none'), {
      code: 'resource_missing',
    });
  },

  'secrets of destinations are shown once': async ({ stripe, show, claim }) => {
    const include: ['webhook_endpoint.signing_secret'] = ['webhook_endpoint.signing_secret'];
    const { eventDestinations } = stripe.v2.core;
    const made = show('made', await eventDestinations.create({
      name: NAME,
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v2.core.account.closed'],
      webhook_endpoint: { url: 'https://shop.example/thin' },
      include,
    })); // prettier-ignore
    claim('at first', made.webhook_endpoint?.signing_secret?.slice(0, 6), 'whsec_');
    const again = await eventDestinations.retrieve(made.id, { include });
    claim('and never again', again.webhook_endpoint?.signing_secret ?? null, null);
    await eventDestinations.del(made.id);
  },
};
