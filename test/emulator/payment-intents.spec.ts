import Stripe from 'stripe';
import { Bench, BY_CARD_ALONE } from './support.js';

describe('payment intents', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    ({ stripe } = bench);
  });
  afterAll(() => bench.stop());

  const pay = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) => bench.payment(params);

  /** What an attempt that is refused answers. */
  const refusalOf = async (attempt: Promise<unknown>): Promise<Stripe.StripeRawError> => {
    const failure: unknown = await attempt.catch((error: unknown) => error);
    if (!(failure instanceof Stripe.errors.StripeError)) throw new Error('it was not refused');
    return failure.raw as Stripe.StripeRawError;
  };

  it('go from no method to paid, and only forwards', async () => {
    const made = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
    expect(made).toMatchObject({
      status: 'requires_payment_method',
      capture_method: 'automatic_async',
      automatic_payment_methods: { enabled: true },
      payment_method_types: ['card', 'us_bank_account'],
    });
    await expect(stripe.paymentIntents.confirm(made.id)).rejects.toThrow('missing a payment method');
    const ready = await stripe.paymentIntents.update(made.id, { payment_method: 'pm_card_visa' });
    expect(ready.status).toBe('requires_confirmation');
    const paid = await stripe.paymentIntents.confirm(
      made.id,
      { return_url: 'https://shop.example/back' },
      { idempotencyKey: 'once' },
    );
    expect(paid).toMatchObject({
      status: 'succeeded',
      amount_received: 1000,
      latest_charge: expect.stringMatching(/^ch_/) as string,
    });
    expect(await refusalOf(stripe.paymentIntents.confirm(made.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    await expect(stripe.paymentIntents.update(made.id, { amount: 2000 })).rejects.toThrow(
      'status of succeeded',
    );
    await expect(stripe.paymentIntents.cancel(made.id)).rejects.toThrow('status of succeeded');
  });

  it('split a destination charge as the documentation says: seller 8.77, platform 0.64', async () => {
    const seller = await bench.seller();
    const before = await bench.balance(bench.platform);
    const intent = await pay({ application_fee_amount: 123, transfer_data: { destination: seller } });
    const charge = await stripe.charges.retrieve(intent.latest_charge as string);
    expect(charge).toMatchObject({ application_fee_amount: 123, transfer_data: { destination: seller } });
    expect(await bench.balance(seller)).toMatchObject({ pending: 877 });
    const after = await bench.balance(bench.platform);
    expect(after.pending - before.pending).toBe(64);
  });

  it('keep a declined attempt, and answer with it', async () => {
    const error = await refusalOf(pay({ payment_method: 'pm_card_chargeDeclinedInsufficientFunds' }));
    expect(error).toMatchObject({
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
      payment_intent: { status: 'requires_payment_method', payment_method: null },
      payment_method: { card: { last4: '9995' } },
    });
    const kept = await stripe.paymentIntents.retrieve(error.payment_intent!.id, {
      expand: ['latest_charge'],
    });
    expect(kept.last_payment_error).toMatchObject({ decline_code: 'insufficient_funds' });
    expect(kept.latest_charge).toMatchObject({
      id: error.charge,
      status: 'failed',
      outcome: {
        type: 'issuer_declined',
        network_status: 'declined_by_network',
        reason: 'insufficient_funds',
      },
    });
    const again = await stripe.paymentIntents.confirm(kept.id, { payment_method: 'pm_card_visa' });
    expect(again).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });

  it('are refused by the same answer when a declined call is repeated with its key', async () => {
    const attempt = () =>
      stripe.paymentIntents.create(
        {
          amount: 500,
          currency: 'usd',
          payment_method: 'pm_card_chargeDeclined',
          confirm: true,
          ...BY_CARD_ALONE,
        },
        { idempotencyKey: 'declined' },
      );
    const first = await refusalOf(attempt());
    expect((await refusalOf(attempt())).payment_intent!.id).toBe(first.payment_intent!.id);
  });

  it("never reach the network with Radar's card", async () => {
    const { charge } = await refusalOf(pay({ payment_method: 'pm_card_radarBlock' }));
    expect((await stripe.charges.retrieve(charge!)).outcome).toMatchObject({
      type: 'blocked',
      network_status: 'not_sent_to_network',
      risk_level: 'highest',
    });
  });

  it('are authorised, captured in part, and move only what was captured', async () => {
    const seller = await bench.seller();
    const held = await pay({
      amount: 2000,
      capture_method: 'manual',
      application_fee_amount: 200,
      transfer_data: { destination: seller },
    });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2000, amount_received: 0 });
    const chargeId = held.latest_charge as string;
    expect(await stripe.charges.retrieve(chargeId)).toMatchObject({
      captured: false,
      balance_transaction: null,
      status: 'succeeded',
    });
    await expect(stripe.paymentIntents.capture(held.id, { amount_to_capture: 2001 })).rejects.toThrow(
      'greater',
    );
    await expect(stripe.paymentIntents.capture(held.id, { final_capture: false })).rejects.toThrow(
      'only once',
    );
    const paid = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 });
    expect(paid).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 1500 });
    const charge = await stripe.charges.retrieve(chargeId, { expand: ['balance_transaction', 'refunds'] });
    expect(charge).toMatchObject({
      captured: true,
      amount_captured: 1500,
      amount_refunded: 0,
      refunded: false,
    });
    const { data: movements } = await stripe.balanceTransactions.list({ source: chargeId });
    expect(movements.map(({ amount, reporting_category }) => [amount, reporting_category])).toEqual([
      [1500, 'charge'],
    ]);
    expect((await stripe.refunds.list({ charge: chargeId })).data).toEqual([]);
    expect(await bench.balance(seller)).toMatchObject({ pending: 1300 });
    await stripe.refunds.create({ charge: chargeId, reverse_transfer: true, refund_application_fee: true });
    expect(await bench.balance(seller)).toMatchObject({ pending: 0 });
    expect(await stripe.charges.retrieve(chargeId)).toMatchObject({ amount_refunded: 1500, refunded: true });
    await expect(stripe.paymentIntents.capture(held.id)).rejects.toThrow('requires_capture');
  });

  it('let go of an authorisation that is cancelled, or that nobody captures for seven days', async () => {
    const [cancelled, forgotten] = await Promise.all([
      pay({ capture_method: 'manual' }),
      pay({ capture_method: 'manual' }),
    ]);
    expect(
      await stripe.paymentIntents.cancel(cancelled.id, { cancellation_reason: 'abandoned' }),
    ).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
      cancellation_reason: 'abandoned',
    });
    const released = await stripe.charges.retrieve(cancelled.latest_charge as string);
    expect(released).toMatchObject({
      amount_captured: 0,
      amount_refunded: 0,
      refunded: false,
      captured: false,
      balance_transaction: null,
    });
    await expect(stripe.refunds.create({ charge: released.id })).rejects.toThrow("can't be refunded");
    await bench.advance(7.01);
    expect(await stripe.paymentIntents.retrieve(forgotten.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'expired',
    });
    const types = await bench.eventTypes();
    expect(types.slice(types.indexOf('payment_intent.canceled'))).not.toContain('charge.refunded');
    expect(types).toEqual(expect.arrayContaining(['charge.expired', 'payment_intent.canceled']));
    for (const { latest_charge } of [cancelled, forgotten])
      expect((await stripe.balanceTransactions.list({ source: latest_charge as string })).data).toEqual([]);
  });

  it('take no more than what is captured as fee or transfer', async () => {
    const seller = await bench.seller();
    const held = await pay({
      amount: 2000,
      capture_method: 'manual',
      application_fee_amount: 600,
      transfer_data: { destination: seller },
    });
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 500 });
    const charge = await stripe.charges.retrieve(held.latest_charge as string, {
      expand: ['application_fee', 'transfer'],
    });
    expect(charge).toMatchObject({ application_fee: { amount: 500 }, transfer: { amount: 500 } });
    expect(await bench.balance(seller)).toEqual({ pending: 0, available: 0 });
  });

  it('say on their charge what bank and network said', async () => {
    const cardOf = async (id: string) => {
      const { payment_method_details } = await stripe.charges.retrieve(id);
      return payment_method_details!.card!;
    };
    const paid = await cardOf((await pay({ amount: 1200 })).latest_charge as string);
    expect(paid).toMatchObject({
      amount_authorized: 1200,
      extended_authorization: { status: 'disabled' },
      incremental_authorization: { status: 'unavailable' },
      multicapture: { status: 'unavailable' },
      network_token: { used: false },
      overcapture: { maximum_amount_capturable: 1200, status: 'unavailable' },
    });
    expect(paid.authorization_code).toMatch(/^\d{6}$/);
    expect(paid.network_transaction_id).toMatch(/^\d{15}$/);
    const declined = await refusalOf(pay({ payment_method: 'pm_card_chargeDeclined' }));
    expect(await cardOf(declined.charge!)).toMatchObject({
      amount_authorized: null,
      authorization_code: null,
      network_transaction_id: expect.stringMatching(/^\d{15}$/) as string,
    });
    const blocked = await refusalOf(pay({ payment_method: 'pm_card_radarBlock' }));
    expect((await cardOf(blocked.charge!)).network_transaction_id).toBeNull();
  });

  it('hold more when the card allows it', async () => {
    const card = { request_incremental_authorization: 'if_available' } as const;
    const held = await pay({ capture_method: 'manual', payment_method_options: { card } });
    await expect(stripe.paymentIntents.incrementAuthorization(held.id, { amount: 900 })).rejects.toThrow(
      'greater',
    );
    const more = await stripe.paymentIntents.incrementAuthorization(held.id, {
      amount: 1700,
      expand: ['latest_charge'],
    });
    expect(more).toMatchObject({
      amount: 1700,
      amount_capturable: 1700,
      status: 'requires_capture',
      latest_charge: {
        amount: 1700,
        payment_method_details: {
          card: { amount_authorized: 1700, incremental_authorization: { status: 'available' } },
        },
      },
    });
    expect((await stripe.paymentIntents.capture(held.id)).amount_received).toBe(1700);
    const plain = await pay({ capture_method: 'manual' });
    await expect(stripe.paymentIntents.incrementAuthorization(plain.id, { amount: 1700 })).rejects.toThrow(
      'not eligible',
    );
  });

  it('send the buyer to 3-D Secure and back, paid or not', async () => {
    const challenge = async (outcome: string) => {
      const waiting = await pay({
        payment_method: 'pm_card_authenticationRequired',
        return_url: 'https://shop.example/back?order=7',
      });
      expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
      const { url } = waiting.next_action!.redirect_to_url!;
      expect(await (await fetch(url!)).text()).toContain('Complete authentication');
      const answer = await fetch(url!, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ outcome }),
      });
      const back = new URL(answer.headers.get('location')!);
      expect(back.searchParams.get('payment_intent')).toBe(waiting.id);
      const { status, last_payment_error } = await stripe.paymentIntents.retrieve(waiting.id);
      return { status, redirect: back.searchParams.get('redirect_status'), code: last_payment_error?.code };
    };
    expect(await challenge('complete')).toEqual({
      status: 'succeeded',
      redirect: 'succeeded',
      code: undefined,
    });
    expect(await challenge('fail')).toEqual({
      status: 'requires_payment_method',
      redirect: 'failed',
      code: 'payment_intent_authentication_failure',
    });
  });

  it('are authenticated whenever the platform asks for it', async () => {
    const card = { request_three_d_secure: 'any' } as const;
    const asked = await pay({ payment_method_options: { card }, use_stripe_sdk: true });
    expect(asked).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    await fetch(`${bench.emulator.url}/c/authenticate/${asked.id}`, {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'complete' }),
    });
    const paid = await stripe.paymentIntents.retrieve(asked.id, { expand: ['latest_charge'] });
    const { payment_method_details: details } = paid.latest_charge as Stripe.Charge;
    expect(details!.card!.three_d_secure).toMatchObject({ result: 'authenticated' });
  });

  it('are confirmed by a browser that knows the secret, and by no other', async () => {
    const browser = Bench.client(bench.emulator, 'pk_test_shop');
    const made = await stripe.paymentIntents.create({ amount: 700, currency: 'usd' });
    const confirm = (client_secret?: string) =>
      browser.paymentIntents.confirm(made.id, {
        payment_method_data: { type: 'card', card: { token: 'tok_visa' } },
        use_stripe_sdk: true,
        ...(client_secret && { client_secret }),
      } as Stripe.PaymentIntentConfirmParams);
    await expect(confirm()).rejects.toThrow('client_secret');
    await expect(confirm(`${made.id}_secret_guessed`)).rejects.toThrow('client_secret');
    await expect(browser.paymentIntents.list()).rejects.toThrow('publishable');
    expect((await confirm(made.client_secret!)).status).toBe('succeeded');
  });

  it('charge a saved card without its owner only as its bank allows', async () => {
    const customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
    const saved = await pay({ customer, setup_future_usage: 'off_session' });
    const method = saved.payment_method as string;
    const later = { customer, payment_method: method, off_session: true } as const;
    expect((await pay(later)).status).toBe('succeeded');
    await expect(pay({ payment_method: method })).rejects.toThrow('belongs to the Customer');
    const strict = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
    expect(await refusalOf(pay({ ...later, payment_method: strict.id }))).toMatchObject({
      code: 'authentication_required',
      decline_code: 'authentication_required',
      payment_intent: { status: 'requires_payment_method' },
    });
    const late = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    expect(await refusalOf(pay({ ...later, payment_method: late.id }))).toMatchObject({
      code: 'card_declined',
    });
  });

  it('take the methods of their currency, less what is excluded, also after a change', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
    const euros = await stripe.paymentIntents.update(id, { currency: 'eur' });
    expect(euros.payment_method_types).toEqual(['card', 'sepa_debit']);
    const cards = await stripe.paymentIntents.update(id, { excluded_payment_method_types: ['sepa_debit'] });
    expect(cards).toMatchObject({
      payment_method_types: ['card'],
      excluded_payment_method_types: ['sepa_debit'],
    });
    const debits = stripe.paymentIntents.confirm(id, {
      excluded_payment_method_types: ['card'],
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.example',
    });
    await expect(debits).rejects.toThrow('not allowed for this PaymentIntent');
  });

  it('take a method once that belongs to no customer', async () => {
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    await pay({ payment_method: method.id });
    await expect(pay({ payment_method: method.id })).rejects.toThrow('may not be used again');
  });

  it('wait for a bank debit, and end as its test account says', async () => {
    const debit = async (iban: string) => {
      const { id } = await stripe.paymentMethods.create({
        type: 'sepa_debit',
        sepa_debit: { iban },
        billing_details: { name: 'Bob', email: 'bob@example.com' },
      });
      return pay({ payment_method: id, currency: 'eur' });
    };
    const [good, bad] = await Promise.all(['AT611904300234573201', 'AT861904300235473202'].map(debit));
    expect([good!.status, bad!.status]).toEqual(['processing', 'processing']);
    await bench.advance(0.01);
    expect((await stripe.paymentIntents.retrieve(good!.id)).status).toBe('succeeded');
    const failed = await stripe.paymentIntents.retrieve(bad!.id, { expand: ['latest_charge'] });
    expect(failed.status).toBe('requires_payment_method');
    expect((failed.latest_charge as Stripe.Charge).payment_method_details!.sepa_debit!.mandate).toMatch(
      /^mandate_/,
    );
    await expect(debit('DE02120300000000202051')).rejects.toThrow('test bank accounts');
  });

  it('are paid in parts from money that the customer sends', async () => {
    const customer = (await stripe.customers.create({})).id;
    const intent = await stripe.paymentIntents.create(
      {
        amount: 5000,
        currency: 'usd',
        customer,
        confirm: true,
        payment_method_data: { type: 'customer_balance' },
        payment_method_options: {
          customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'us_bank_transfer' } },
        },
        payment_method_types: ['customer_balance'],
      } as Stripe.PaymentIntentCreateParams,
      { apiVersion: '2025-02-24.acacia' },
    );
    const remaining = async () =>
      (await stripe.paymentIntents.retrieve(intent.id)).next_action?.display_bank_transfer_instructions
        ?.amount_remaining;
    expect(await remaining()).toBe(5000);
    const fund = (amount: number) =>
      stripe.testHelpers.customers.fundCashBalance(customer, { amount, currency: 'usd' });
    await fund(2000);
    expect(await remaining()).toBe(3000);
    const before = await bench.balance(bench.platform);
    await fund(3500);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    expect((await stripe.customers.retrieveCashBalance(customer)).available).toEqual({ usd: 500 });
    const { data } = await stripe.customers.listCashBalanceTransactions(customer);
    expect(data.map(({ type, net_amount, ending_balance }) => [type, net_amount, ending_balance])).toEqual([
      ['applied_to_payment', -3000, 500],
      ['funded', 3500, 3500],
      ['applied_to_payment', -2000, 0],
      ['funded', 2000, 2000],
    ]);
    expect((await bench.balance(bench.platform)).available - before.available).toBe(5000 - 25);
  });

  it.each([
    [{ amount: 49 }, 'at least'],
    [{ customer: 'cus_none' }, 'No such customer'],
    [{ application_fee_amount: 10 }, 'application_fee_amount'],
    [{ transfer_data: { destination: 'acct_none' } }, 'No such destination'],
    [{ payment_method: 'pm_none' }, 'No such PaymentMethod'],
    [{ payment_method_data: { type: 'card', card: { number: '4111111111111111' } } }, 'incorrect'],
    [{ payment_method_types: ['card'] }, 'unknown parameter: payment_method_types'],
  ])('refuse what makes no sense: %j', async (params, words) => {
    const { payment_method_data } = params as { payment_method_data?: object };
    const call = stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      confirm: true,
      ...(!payment_method_data && { payment_method: 'pm_card_visa' }),
      ...params,
    } as Stripe.PaymentIntentCreateParams);
    await expect(call).rejects.toThrow(words);
  });
});
