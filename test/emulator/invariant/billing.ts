import type { Life, Verb } from './life.js';

const CARDS = ['pm_card_visa', 'pm_card_bypassPending', 'pm_card_chargeCustomerFail', 'pm_card_mastercard'];

/** Somebody with a card, which may turn out to be a bad one, or with none. */
function newCustomer({ engine, dice }: Life, account: string): string {
  const card = dice.happens(0.9) && dice.pick(CARDS);
  return engine.customers.create(account, {
    email: 'ada@example.com',
    ...(card && { payment_method: card, invoice_settings: { default_payment_method: card } }),
    ...(dice.happens(0.2) && { balance: dice.upTo(9000) - 4500 }),
  }).id;
}

function customer(life: Life, account: string): string {
  const known = [...life.engine.store.all('customer', account)];
  return life.dice.happens(0.5) || known.length === 0 ? newCustomer(life, account) : life.dice.pick(known).id;
}

function price(life: Life, account: string, currency: string, interval: 'day' | 'week' | 'month' | null) {
  return life.engine.billing.prices.create(account, {
    currency,
    unit_amount: life.amount(),
    product_data: { name: 'Membership' },
    ...(interval && { recurring: { interval } }),
  });
}

/** The platform's subscriptions may be for a seller; a merchant's give the platform its part. */
const subscribe: Verb = (life) => {
  const { engine, dice } = life;
  const account = life.payee();
  const own = account !== life.platform;
  const shared = !own && dice.happens(0.6);
  const { id } = price(life, account, life.currency(), dice.pick(['day', 'week', 'month']));
  engine.billing.subscriptions.create(account, {
    customer: customer(life, account),
    items: [{ price: id, quantity: dice.upTo(3) }],
    ...(shared && { transfer_data: { destination: life.seller() } }),
    ...(shared && dice.happens(0.3) && { on_behalf_of: dice.pick(life.merchants) }),
    ...((own || shared) && { application_fee_percent: dice.upTo(40) }),
    ...(dice.happens(0.2) && { trial_period_days: dice.upTo(20) }),
    ...(dice.happens(0.2) && { collection_method: 'send_invoice', days_until_due: 5 }),
    payment_behavior: dice.pick([
      'allow_incomplete',
      'allow_incomplete',
      'error_if_incomplete',
      'default_incomplete',
    ]),
  });
};

const GOING_ON = ['active', 'past_due', 'trialing', 'unpaid'];

function subscription(life: Life) {
  const account = life.payee();
  return [account, life.some('subscription', account, (one) => GOING_ON.includes(one.status))] as const;
}

const changeSubscription: Verb = (life) => {
  const [account, { id, items, currency }] = subscription(life);
  const [item] = items.data;
  const { interval } = item!.price.recurring!;
  const other = life.dice.happens(0.4) && price(life, account, currency, interval as 'month').id;
  life.engine.billing.subscriptionChanges.update(account, id, {
    items: [{ id: item!.id, quantity: life.dice.upTo(4), ...(other && { price: other }) }],
    proration_behavior: life.dice.pick(['create_prorations', 'always_invoice', 'none']),
    ...(life.dice.happens(0.2) && { trial_end: 'now' }),
  });
};

const cancelSubscription: Verb = (life) => {
  const [account, { id }] = subscription(life);
  const { dice, engine } = life;
  if (dice.happens(0.3))
    engine.billing.subscriptionChanges.update(account, id, { cancel_at_period_end: true });
  else
    engine.billing.subscriptionStates.cancel(account, id, {
      prorate: dice.happens(0.5),
      invoice_now: dice.happens(0.5),
    });
};

/** Somebody is billed by hand, for a seller or not, and perhaps pays at once. */
const bill: Verb = (life) => {
  const { engine, dice } = life;
  const account = life.payee();
  const currency = life.currency();
  const amount = life.amount();
  const shared = account === life.platform && dice.happens(0.5);
  const { id } = engine.billing.invoices.create(account, {
    customer: customer(life, account),
    currency,
    auto_advance: dice.happens(0.5),
    ...((shared || account !== life.platform) && { application_fee_amount: dice.upTo(amount) }),
    ...(shared && { transfer_data: { destination: life.seller() } }),
  });
  const { customer: who } = engine.billing.invoices.need(account, id);
  engine.billing.invoiceItems.create(account, { customer: who as string, invoice: id, amount, currency });
  if (dice.happens(0.5))
    engine.billing.invoiceItems.create(account, {
      customer: who as string,
      invoice: id,
      amount: -dice.upTo(amount),
      currency,
    });
  engine.billing.invoiceStates.finalizeByCall(account, id, {});
};

/** A refused payment is an attempt that happened. */
const pay: Verb = (life) => {
  const account = life.payee();
  const { id } = life.some('invoice', account, ({ status }) => status === 'open');
  const { collection } = life.engine.billing;
  if (life.dice.happens(0.3)) collection.payByCustomer(account, id, { number: '4242424242424242' });
  else collection.pay(account, id, { paid_out_of_band: life.dice.happens(0.2) });
};

const giveUp: Verb = (life) => {
  const account = life.payee();
  const { id } = life.some('invoice', account, ({ status }) => status === 'open');
  const { invoiceStates } = life.engine.billing;
  if (life.dice.happens(0.5)) invoiceStates.void(account, id);
  else invoiceStates.markUncollectible(account, id);
};

/** Some of an invoice is taken back: what is still due, or what was paid, by card or as credit. */
const credit: Verb = (life) => {
  const { engine, dice } = life;
  const account = life.payee();
  const invoice = life.some('invoice', account, ({ status }) => status === 'open' || status === 'paid');
  const most = invoice.status === 'open' ? invoice.amount_remaining : invoice.amount_paid;
  const amount = dice.upTo(Math.max(1, most));
  const refund_amount = dice.happens(0.5) ? dice.upTo(amount) : 0;
  engine.billing.creditNotes.create(account, {
    invoice: invoice.id,
    amount,
    ...(invoice.status === 'paid' && { refund_amount, credit_amount: amount - refund_amount }),
  });
};

const voidNote: Verb = (life) => {
  const account = life.payee();
  life.engine.billing.creditNotes.void(
    account,
    life.some('credit_note', account, ({ status }) => status === 'issued').id,
  );
};

const schedule: Verb = (life) => {
  const { dice, engine, platform } = life;
  const { id, currency } = price(life, platform, life.currency(), 'week');
  const next = price(life, platform, currency, 'week').id;
  engine.billing.schedules.create(platform, {
    customer: customer(life, platform),
    start_date: 'now',
    end_behavior: dice.pick(['cancel', 'release']),
    phases: [
      { items: [{ price: id }], duration: { interval: 'week', interval_count: 1 } },
      { items: [{ price: next }], duration: { interval: 'week', interval_count: 2 } },
    ],
  });
};

const quote: Verb = (life) => {
  const { dice, engine, platform } = life;
  const { id } = price(life, platform, life.currency(), dice.happens(0.5) ? 'month' : null);
  const made = engine.billing.quotes.create(platform, {
    customer: customer(life, platform),
    line_items: [{ price: id, quantity: 2 }],
  });
  engine.billing.quotes.finalize(platform, made.id);
  engine.billing.quotes.accept(platform, made.id);
};

const forgetCustomer: Verb = (life) => {
  const account = life.payee();
  life.engine.customers.remove(account, life.some('customer', account).id);
};

export const BILLING = {
  subscribe,
  changeSubscription,
  cancelSubscription,
  bill,
  pay,
  giveUp,
  credit,
  voidNote,
  schedule,
  quote,
  forgetCustomer,
};
