import type { Life, Verb } from './life.js';

const CARDS = [
  '4242424242424242',
  '4000000000000077',
  '4000000000000002',
  '4000000000007726',
  '4000000000005126',
];

const noRedirects = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;

function session(life: Life, currency: string): string {
  const { dice } = life;
  const amount = life.amount();
  const onBehalf = dice.happens(0.2) && { on_behalf_of: dice.pick(life.merchants) };
  return life.engine.checkout.create(life.platform, {
    mode: 'payment',
    success_url: 'https://shop.example',
    line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'x' } } }],
    ...(dice.happens(0.8) && {
      payment_intent_data: {
        application_fee_amount: dice.upTo(amount),
        transfer_data: { destination: onBehalf ? onBehalf.on_behalf_of : life.seller() },
        ...onBehalf,
      },
    }),
  }).id;
}

const sell: Verb = (life) => {
  life.engine.sessionPayments.byCard(session(life, life.currency()), { number: life.dice.pick(CARDS) });
};

const debit: Verb = (life) => {
  life.engine.sessionPayments.byDebit(
    session(life, life.dice.pick(['usd', 'eur'])),
    life.dice.pick(['000123456789', '000222222227']),
  );
};

const sellDirectly: Verb = (life) => {
  const amount = life.amount();
  life.engine.paymentIntents.create(life.dice.pick(life.merchants), {
    amount,
    currency: life.currency(),
    payment_method: life.dice.pick(['pm_card_visa', 'pm_card_bypassPending', 'pm_card_createDispute']),
    confirm: true,
    application_fee_amount: life.dice.upTo(amount),
    ...noRedirects,
  });
};

/** The same on a page of the merchant's own. */
const sellThere: Verb = (life) => {
  const { engine, dice } = life;
  const merchant = dice.pick(life.merchants);
  const unit_amount = life.amount();
  const currency = life.currency();
  const { id } = engine.checkout.create(merchant, {
    mode: 'payment',
    success_url: 'https://shop.example',
    line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: 'x' } } }],
    payment_intent_data: { application_fee_amount: dice.upTo(unit_amount) },
  });
  engine.sessionPayments.byCard(id, { number: dice.pick(CARDS) });
};

/** One payment for several sellers: each is sent a part of it, in somebody's name or the platform's. */
const share: Verb = (life) => {
  const { engine, dice } = life;
  const amount = life.amount();
  const { intent } = engine.paymentIntents.create(life.platform, {
    amount,
    currency: life.ownCurrency(),
    payment_method: dice.pick(['pm_card_visa', 'pm_card_bypassPending', 'pm_card_createDisputeInquiry']),
    confirm: true,
    transfer_group: 'order',
    ...(dice.happens(0.3) && { on_behalf_of: dice.pick(life.merchants) }),
    ...noRedirects,
  });
  for (const destination of life.sellers)
    engine.transfers.create({
      amount: dice.upTo(Math.floor(amount / life.sellers.length)),
      currency: intent.currency,
      destination,
      source_transaction: intent.latest_charge as string,
      transfer_group: 'order',
    });
};

/** A transfer by itself, of money that is there or is coming. */
const send: Verb = (life) => {
  const charge = life.some('charge', life.platform);
  life.engine.transfers.create({
    amount: life.dice.upTo(charge.amount),
    currency: charge.currency,
    destination: life.seller(),
    ...(life.dice.happens(0.7) && { source_transaction: charge.id }),
  });
};

/** Authorises, for the platform with a seller's share or for a merchant. */
const hold: Verb = (life) => {
  const account = life.payee();
  const amount = life.amount();
  const shared = account === life.platform && life.dice.happens(0.7);
  life.engine.paymentIntents.create(account, {
    amount,
    currency: life.currency(),
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
    confirm: true,
    payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
    ...noRedirects,
    ...(shared && {
      application_fee_amount: life.dice.upTo(Math.floor(amount * 0.3)),
      transfer_data: { destination: life.seller() },
    }),
  });
};

function held(life: Life) {
  const account = life.payee();
  return [account, life.some('payment_intent', account, (one) => one.status === 'requires_capture')] as const;
}

const increment: Verb = (life) => {
  const [account, intent] = held(life);
  life.engine.captures.increment(account, intent.id, { amount: intent.amount + life.dice.upTo(5000) });
};

const capture: Verb = (life) => {
  const [account, intent] = held(life);
  const part = { amount_to_capture: Math.ceil(intent.amount * (0.4 + life.dice.roll() * 0.6)) };
  life.engine.captures.capture(account, intent.id, life.dice.happens(0.5) ? {} : part);
};

/** Nothing is taken after all: by the seller, or by giving back what is only held. */
const letGo: Verb = (life) => {
  const [account, intent] = held(life);
  if (life.dice.happens(0.7)) life.engine.paymentIntents.cancel(account, intent.id, 'abandoned');
  else life.engine.refunds.create({ charge: intent.latest_charge as string }, account);
};

const chargeToken: Verb = (life) => {
  const { engine, dice, platform } = life;
  const charge = engine.charges.create(platform, {
    amount: life.amount(),
    currency: life.currency(),
    source: dice.pick(['tok_visa', 'tok_bypassPending', 'tok_chargeDeclined']),
    capture: dice.happens(0.7),
  });
  if ('captured' in charge && !charge.captured && dice.happens(0.7))
    engine.captures.captureCharge(platform, charge.id, { amount: Math.ceil(charge.amount / 2) });
};

/** A customer who owes sends some of it, or too much. */
const fund: Verb = (life) => {
  const { engine, dice, platform } = life;
  const { id: customer } = engine.customers.create(platform, {});
  const currency = life.currency();
  const { intent } = engine.paymentIntents.create(platform, {
    amount: 50_000,
    currency,
    customer,
    confirm: true,
    payment_method_data: { type: 'customer_balance' },
    payment_method_types: ['customer_balance'],
  });
  for (let part = 0; part < 3; part += 1)
    engine.cashBalances.fund(platform, customer, dice.upTo(30_000), currency, null);
  if (engine.payments.need(intent.id).status !== 'succeeded' && dice.happens(0.5))
    engine.paymentIntents.cancel(platform, intent.id, null);
};

/** A payment that is under way is called off. */
const cancel: Verb = (life) => {
  const account = life.payee();
  const over = ['succeeded', 'canceled'];
  const intent = life.some('payment_intent', account, ({ status }) => !over.includes(status));
  life.engine.paymentIntents.cancel(account, intent.id, 'requested_by_customer');
};

export const SELLING = {
  sell,
  debit,
  sellDirectly,
  sellThere,
  share,
  send,
  hold,
  increment,
  capture,
  letGo,
  chargeToken,
  fund,
  cancel,
};
