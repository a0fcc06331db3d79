import Stripe from 'stripe';
import { Bench } from './support.js';

const BACK = 'https://shop.example/saved';

describe('payment methods that are kept for later', () => {
  let bench: Bench;
  let stripe: Stripe;
  let customer: string;
  beforeAll(async () => {
    bench = await Bench.start();
    ({ stripe } = bench);
    customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
  });
  afterAll(() => bench.stop());

  const authenticate = async (intent: Stripe.SetupIntent, outcome: string) =>
    fetch(intent.next_action!.redirect_to_url!.url!, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ outcome }),
    });

  it('are set up with a customer, and tell how it went', async () => {
    const done = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url: BACK,
    });
    expect(done).toMatchObject({ status: 'succeeded', usage: 'off_session', next_action: null });
    const method = await stripe.paymentMethods.retrieve(done.payment_method as string);
    expect(method).toMatchObject({ customer, type: 'card', card: { last4: '4242' } });
    const { data } = await stripe.setupAttempts.list({ setup_intent: done.id });
    expect(data).toMatchObject([{ id: done.latest_attempt, status: 'succeeded', payment_method: method.id }]);
    await expect(stripe.setupIntents.cancel(done.id)).rejects.toThrow('status of succeeded');
  });

  it('are given their method first and confirmed later, and leave a mandate when it is a bank account', async () => {
    const blank = await stripe.setupIntents.create({ customer, metadata: { a: '1' } });
    expect(blank).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    await expect(stripe.setupIntents.confirm(blank.id)).rejects.toMatchObject({
      code: 'setup_intent_unexpected_state',
    });
    const named = await stripe.setupIntents.update(blank.id, {
      payment_method_data: {
        type: 'us_bank_account',
        billing_details: { name: 'Ada' },
        us_bank_account: {
          account_number: '000123456789',
          routing_number: '110000000',
          account_holder_type: 'individual',
        },
      },
      description: 'For rent',
      metadata: { a: '', b: '2' },
    });
    expect(named).toMatchObject({
      status: 'requires_confirmation',
      description: 'For rent',
      metadata: { b: '2' },
    });
    const done = await stripe.setupIntents.confirm(blank.id, { return_url: BACK });
    expect(done).toMatchObject({ status: 'succeeded', payment_method: named.payment_method });
    const mandate = await stripe.mandates.retrieve(done.mandate as string);
    expect(mandate).toMatchObject({ status: 'active', payment_method: done.payment_method });
    await expect(stripe.setupIntents.update(blank.id, { description: 'x' })).rejects.toThrow('succeeded');
  });

  it('forget the challenge of a card that is exchanged for another', async () => {
    const asking = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: BACK,
    });
    expect(asking).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    const other = await stripe.setupIntents.update(asking.id, { payment_method: 'pm_card_visa' });
    expect(other).toMatchObject({ status: 'requires_confirmation', next_action: null });
    expect((await authenticate(asking, 'complete')).status).toBeGreaterThanOrEqual(400);
    expect(await stripe.setupIntents.confirm(asking.id, { return_url: BACK })).toMatchObject({
      status: 'succeeded',
    });
  });

  it('are refused with the reason, and the attempt stays', async () => {
    const attempt = stripe.setupIntents.create({
      payment_method: 'pm_card_chargeDeclined',
      confirm: true,
      return_url: BACK,
    });
    const failure = (await attempt.catch((error: unknown) => error)) as Stripe.errors.StripeCardError;
    expect(failure.code).toBe('card_declined');
    const kept = await stripe.setupIntents.retrieve((failure.raw as Stripe.StripeRawError).setup_intent!.id);
    expect(kept).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'card_declined', decline_code: 'generic_decline' },
    });
    expect(await bench.eventTypes()).toContain('setup_intent.setup_failed');
  });

  it('are authenticated once, and pay without their owner from then on', async () => {
    const waiting = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
      return_url: BACK,
    });
    expect(waiting.status).toBe('requires_action');
    const answer = await authenticate(waiting, 'complete');
    expect(answer.headers.get('location')).toContain(`setup_intent=${waiting.id}`);
    const { status, payment_method } = await stripe.setupIntents.retrieve(waiting.id);
    expect(status).toBe('succeeded');
    const paid = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer,
      payment_method: payment_method as string,
      off_session: true,
      confirm: true,
      return_url: BACK,
    });
    expect(paid.status).toBe('succeeded');
  });

  it('are not kept when the challenge fails', async () => {
    const waiting = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: BACK,
    });
    await authenticate(waiting, 'fail');
    expect(await stripe.setupIntents.retrieve(waiting.id)).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    });
    expect((await stripe.setupIntents.cancel(waiting.id, { cancellation_reason: 'abandoned' })).status).toBe(
      'canceled',
    );
  });

  it('are attached, listed by kind, changed and detached for good', async () => {
    const { id: owner } = await stripe.customers.create({});
    const card = await stripe.paymentMethods.create({
      type: 'card',
      card: { number: '5555555555554444', exp_month: 12, exp_year: 2034, cvc: '123' },
      billing_details: { name: 'Ada', address: { postal_code: '12345', country: 'US' } },
    });
    expect(card.card).toMatchObject({
      brand: 'mastercard',
      checks: { cvc_check: 'pass', address_postal_code_check: 'pass', address_line1_check: null },
    });
    await stripe.paymentMethods.attach(card.id, { customer: owner });
    await stripe.customers.update(owner, { invoice_settings: { default_payment_method: card.id } });
    const debit = await stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: {
        account_number: '000123456789',
        routing_number: '110000000',
        account_holder_type: 'individual',
      },
      billing_details: { name: 'Ada' },
    });
    await stripe.paymentMethods.attach(debit.id, { customer: owner });
    expect((await stripe.customers.listPaymentMethods(owner, { type: 'card' })).data).toMatchObject([
      { id: card.id },
    ]);
    expect((await stripe.paymentMethods.list({ customer: owner })).data).toHaveLength(2);
    const own = await stripe.customers.retrievePaymentMethod(owner, debit.id);
    expect(own).toMatchObject({ id: debit.id, customer: owner, us_bank_account: { last4: '6789' } });
    await expect(stripe.customers.retrievePaymentMethod(customer, debit.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    const changed = await stripe.paymentMethods.update(card.id, {
      card: { exp_year: 2040 },
      metadata: { a: '1' },
    });
    expect(changed).toMatchObject({ card: { exp_year: 2040, last4: '4444' }, metadata: { a: '1' } });
    expect((await stripe.paymentMethods.detach(card.id)).customer).toBeNull();
    const after = (await stripe.customers.retrieve(owner)) as Stripe.Customer;
    expect(after.invoice_settings.default_payment_method).toBeNull();
    await expect(stripe.paymentMethods.attach(card.id, { customer: owner })).rejects.toThrow(
      'may not be used again',
    );
  });

  it.each([
    [{ number: '4242424242424241' }, 'incorrect_number'],
    [{ number: '4111111111111111' }, 'incorrect_number'],
    [{ exp_month: 13 }, 'invalid_expiry_month'],
    [{ exp_year: 2020 }, 'invalid_expiry_year'],
    [{ cvc: '99' }, 'invalid_cvc'],
  ])('are no real and no mistyped card: %j', async (change, code) => {
    const card = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123', ...change };
    await expect(stripe.paymentMethods.create({ type: 'card', card })).rejects.toMatchObject({ code });
  });

  it('attach when only later charges are declined, and not when the bank says no at once', async () => {
    const late = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    expect(late.customer).toBe(customer);
    await expect(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer })).rejects.toMatchObject({
      code: 'card_declined',
    });
  });

  it('can be a token kept the old way, which pays by default', async () => {
    const old = await stripe.customers.create({ source: 'tok_visa' });
    const second = (await stripe.customers.createSource(old.id, { source: 'tok_mastercard' })) as Stripe.Card;
    expect(second).toMatchObject({ object: 'card', brand: 'MasterCard', customer: old.id });
    const charge = await stripe.charges.create({ amount: 1500, currency: 'usd', customer: old.id });
    expect(charge).toMatchObject({ paid: true, payment_method: old.default_source, customer: old.id });
    await stripe.customers.updateSource(old.id, second.id, { metadata: { kept: 'yes' } });
    await stripe.customers.deleteSource(old.id, old.default_source as string);
    const { data } = await stripe.customers.listSources(old.id);
    expect(data).toMatchObject([{ id: second.id, metadata: { kept: 'yes' } }]);
    expect(((await stripe.customers.retrieve(old.id)) as Stripe.Customer).default_source).toBe(second.id);
    expect((await stripe.customers.del(old.id)).deleted).toBe(true);
  });
});

describe('charges without an intent', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    ({ stripe } = bench);
  });
  afterAll(() => bench.stop());

  it('take a token once, and move money as any charge does', async () => {
    const seller = await bench.seller();
    const token = await stripe.tokens.create({
      card: { number: '4242424242424242', exp_month: '12', exp_year: '2034', cvc: '123' },
    });
    const charge = await stripe.charges.create({
      amount: 1000,
      currency: 'usd',
      source: token.id,
      application_fee_amount: 123,
      transfer_data: { destination: seller },
    });
    expect(charge).toMatchObject({ status: 'succeeded', payment_intent: null, source: { object: 'card' } });
    expect(await stripe.tokens.retrieve(token.id)).toMatchObject({ used: true, card: { last4: '4242' } });
    expect(await bench.balance(seller)).toMatchObject({ pending: 877 });
    expect(await bench.balance(bench.platform)).toMatchObject({ pending: 64 });
    await expect(
      stripe.charges.create({ amount: 1000, currency: 'usd', source: token.id }),
    ).rejects.toMatchObject({ code: 'token_already_used' });
    const refund = await stripe.refunds.create({
      charge: charge.id,
      reverse_transfer: true,
      refund_application_fee: true,
    });
    expect(refund.status).toBe('succeeded');
    expect(await bench.balance(seller)).toMatchObject({ pending: 0 });
    await expect(stripe.refunds.cancel(refund.id)).rejects.toThrow('status of succeeded');
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
  });

  it('can be told more of afterwards, but neither belong to another customer nor join another group', async () => {
    const { id } = await stripe.charges.create({ amount: 1000, currency: 'usd', source: 'tok_visa' });
    const owner = await stripe.customers.create({ name: 'Ada' });
    const told = await stripe.charges.update(id, {
      customer: owner.id,
      description: 'Two bowls',
      receipt_email: 'ada@example.com',
      shipping: { name: 'Ada', address: { line1: 'Hill 1', city: 'Leeds', country: 'GB' } },
      fraud_details: { user_report: 'safe' },
      metadata: { order: '7' },
      transfer_group: 'order-7',
    });
    expect(told).toMatchObject({
      customer: owner.id,
      description: 'Two bowls',
      fraud_details: { user_report: 'safe' },
      shipping: { name: 'Ada', address: { city: 'Leeds', postal_code: null } },
      transfer_group: 'order-7',
    });
    expect((await stripe.events.list({ type: 'charge.updated' })).data[0]!.data).toMatchObject({
      object: { description: 'Two bowls' },
      previous_attributes: { description: null },
    });
    const cleared = await stripe.charges.update(id, { fraud_details: { user_report: '' } });
    expect(cleared.fraud_details).toEqual({});
    const stranger = await stripe.customers.create({ name: 'Eve' });
    await expect(stripe.charges.update(id, { customer: stranger.id })).rejects.toMatchObject({
      param: 'customer',
    });
    await expect(stripe.charges.update(id, { customer: 'cus_none' })).rejects.toMatchObject({
      statusCode: 400,
    });
    await expect(stripe.charges.update(id, { transfer_group: 'order-8' })).rejects.toMatchObject({
      param: 'transfer_group',
    });
  });

  it('are kept when they are declined', async () => {
    const attempt = stripe.charges.create({ amount: 1000, currency: 'usd', source: 'tok_chargeDeclined' });
    const failure = (await attempt.catch((error: unknown) => error)) as Stripe.errors.StripeCardError;
    const kept = await stripe.charges.retrieve((failure.raw as Stripe.StripeRawError).charge!);
    expect(kept).toMatchObject({ status: 'failed', paid: false, failure_code: 'card_declined' });
  });

  it('are captured later, in part, or let go by a refund', async () => {
    const held = { amount: 1000, currency: 'usd', source: 'tok_visa', capture: false };
    const one = await stripe.charges.create(held);
    expect(one).toMatchObject({ captured: false, amount_captured: 0, balance_transaction: null });
    const taken = await stripe.charges.capture(one.id, { amount: 600 });
    expect(taken).toMatchObject({ captured: true, amount_captured: 600, amount_refunded: 0 });
    await expect(stripe.charges.capture(one.id)).rejects.toMatchObject({ code: 'charge_already_captured' });
    const other = await stripe.charges.create(held);
    await stripe.refunds.create({ charge: other.id });
    expect(await stripe.charges.retrieve(other.id)).toMatchObject({ captured: false, refunded: true });
    const { data } = await stripe.balanceTransactions.list({ source: other.id });
    expect(data).toEqual([]);
    const forgotten = await stripe.charges.create(held);
    await bench.advance(7.01);
    await expect(stripe.charges.capture(forgotten.id)).rejects.toMatchObject({
      code: 'charge_expired_for_capture',
    });
  });
});
