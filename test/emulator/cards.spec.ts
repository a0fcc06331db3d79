import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('test cards', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.stop());

  it.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000009987', 'card_declined', 'lost_card'],
    ['4000000000009979', 'card_declined', 'stolen_card'],
    ['4000000000000069', 'expired_card', 'expired_card'],
    ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc'],
    ['4000000000000119', 'processing_error', 'processing_error'],
    ['4100000000000019', 'card_declined', 'fraudulent'],
  ])('%s is declined with %s/%s and leaves the session open to be paid', async (card, code, decline_code) => {
    const session = await bench.session();
    expect(await bench.pay(session.id, card)).toMatchObject({
      outcome: 'declined',
      error: { type: 'card_error', code, decline_code },
    });
    const open = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    });
    const intent = open.payment_intent as Stripe.PaymentIntent;
    expect(open).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code, decline_code },
    });
    expect(intent.latest_charge).toMatchObject({
      status: 'failed',
      paid: false,
      failure_code: code,
      balance_transaction: null,
    });

    expect(await bench.pay(session.id)).toMatchObject({ outcome: 'succeeded' });
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id);
    expect(paid).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: intent.id,
      url: null,
    });
  });

  it('refuses numbers that are no test cards without touching the session', async () => {
    const session = await bench.session();
    await expect(bench.pay(session.id, '4111111111111111')).rejects.toThrow('incorrect_number');
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBeNull();
  });

  it.each(['4000002500003155', '4000002760003184'])(
    '%s asks for 3-D Secure and pays when it is passed',
    async (card) => {
      const session = await bench.session();
      expect(await bench.pay(session.id, card)).toMatchObject({
        outcome: 'requires_action',
        intent: { status: 'requires_action' },
      });
      expect(await bench.control(`/sessions/${session.id}/authenticate`, { passed: false })).toMatchObject({
        outcome: 'declined',
        error: { code: 'payment_intent_authentication_failure' },
      });
      await bench.pay(session.id, card);
      expect(await bench.control(`/sessions/${session.id}/authenticate`, { passed: true })).toMatchObject({
        outcome: 'succeeded',
      });
    },
  );

  it('4000008400001629 is declined after it was authenticated', async () => {
    const session = await bench.session();
    await bench.pay(session.id, '4000008400001629');
    expect(await bench.control(`/sessions/${session.id}/authenticate`, { passed: true })).toMatchObject({
      outcome: 'declined',
      error: { code: 'card_declined' },
    });
  });

  it('4000000000000077 settles into the available balance at once', async () => {
    const before = await bench.balance(bench.platform);
    await bench.sale({ amount: 1000, card: '4000000000000077' });
    expect((await bench.balance(bench.platform)).available).toBe(before.available + 941);
  });

  it.each([
    ['000123456789', 'paid', 'checkout.session.async_payment_succeeded'],
    ['000222222227', 'unpaid', 'checkout.session.async_payment_failed'],
  ])(
    'a bank debit from %s completes unpaid and is %s days later',
    async (account_number, payment_status, type) => {
      const session = await bench.session();
      await bench.control(`/sessions/${session.id}/bank_debit`, { account_number });
      const waiting = await bench.stripe.checkout.sessions.retrieve(session.id, {
        expand: ['payment_intent'],
      });
      expect(waiting).toMatchObject({
        status: 'complete',
        payment_status: 'unpaid',
        payment_intent: { status: 'processing' },
      });
      await bench.advance(3);
      expect((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe(payment_status);
      const { data } = await bench.stripe.events.list({ type });
      expect(data[0]!.data.object).toMatchObject({ id: session.id, payment_status });
    },
  );
});
