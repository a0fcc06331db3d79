import type Stripe from 'stripe';
import { Bench } from './support.js';

/** Calls that look right and fail at Stripe: a program that is tested here must hear of it here. */
describe('what Stripe refuses is refused', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    ({ stripe } = bench);
  });
  afterAll(() => bench.stop());

  const pay = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) => bench.payment(params);

  it('sends money across borders only within its region, or where the payment settles', async () => {
    const near = await bench.seller({ country: 'fr' });
    const far = await bench.seller({ country: 'jp' });
    const paid = await pay({ transfer_data: { destination: near } });
    expect(paid.status).toBe('succeeded');
    const words = 'accounts in JP because';
    await expect(pay({ transfer_data: { destination: far } })).rejects.toThrow(words);
    await expect(bench.session({ seller: far })).rejects.toThrow(words);
    const { latest_charge } = await pay();
    await expect(
      stripe.transfers.create({
        amount: 100,
        currency: 'usd',
        destination: far,
        source_transaction: latest_charge as string,
      }),
    ).rejects.toThrow("Funds can't be sent to accounts located in JP");
    const { id: merchant } = await stripe.accounts.create({
      country: 'JP',
      controller: {
        fees: { payer: 'application' },
        losses: { payments: 'application' },
        requirement_collection: 'stripe',
        stripe_dashboard: { type: 'express' },
      },
      capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    });
    await bench.control(`/accounts/${merchant}/complete_onboarding`, {});
    await expect(pay({ transfer_data: { destination: merchant } })).rejects.toThrow(words);
    const there = await pay({ on_behalf_of: merchant, transfer_data: { destination: merchant } });
    expect(there.status).toBe('succeeded');
  });

  it('a confirmation that says no way back, where methods may send the buyer away', async () => {
    const words = '`return_url` must be specified';
    await expect(pay({ automatic_payment_methods: { enabled: true } })).rejects.toThrow(words);
    const made = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      payment_method: 'pm_card_visa',
    });
    await expect(stripe.paymentIntents.confirm(made.id)).rejects.toThrow(words);
    const kept = stripe.setupIntents.create({ payment_method: 'pm_card_visa', confirm: true });
    await expect(kept).rejects.toThrow(words);
    const return_url = 'https://shop.example/back';
    expect((await stripe.paymentIntents.confirm(made.id, { return_url })).status).toBe('succeeded');
  });

  it("a statement's whole text where cards can pay", async () => {
    const words = 'not supported for the payment_method_type `card`';
    await expect(pay({ statement_descriptor: 'HATS' })).rejects.toThrow(words);
    const params = { payment_intent_data: { statement_descriptor: 'HATS' } };
    await expect(bench.session({ params })).rejects.toThrow(words);
    expect((await pay({ statement_descriptor_suffix: 'HATS' })).status).toBe('succeeded');
  });

  it('more than eight digits, as too large', async () => {
    await expect(pay({ amount: 100_000_000 })).rejects.toMatchObject({
      code: 'amount_too_large',
      param: 'amount',
    });
  });

  it('long metadata, without a code, and says how long it was', async () => {
    const failure = await pay({ metadata: { k: 'v'.repeat(501) } }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: undefined,
      param: 'metadata[k]',
      message: expect.stringContaining('501 characters') as string,
    });
  });

  it('failed validation without keeping it under its key', async () => {
    const key = { idempotencyKey: 'mended-later' };
    const wrong = { name: 'Ada', tax_exempt: 'perhaps' } as unknown as Stripe.CustomerCreateParams;
    await expect(stripe.customers.create(wrong, key)).rejects.toMatchObject({ param: 'tax_exempt' });
    expect(await stripe.customers.create({ name: 'Ada' }, key)).toMatchObject({ name: 'Ada' });
  });

  it('what an intent is too late for, and shows the intent', async () => {
    const { id } = await pay();
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id, status: 'succeeded' },
    });
    await expect(pay({ payment_method: 'pm_card_chargeDeclined' })).rejects.toMatchObject({
      doc_url: 'https://docs.stripe.com/error-codes#card-declined',
    });
  });
});
