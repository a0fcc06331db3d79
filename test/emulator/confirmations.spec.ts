import type Stripe from 'stripe';
import { Bench } from './support.js';

const BY_CARD_ALONE = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;
const AMOUNT = { amount: 2000, currency: 'usd' } as const;

describe('a confirmation', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
  });
  afterAll(() => bench.stop());

  const token = (params: Partial<Parameters<typeof stripe.testHelpers.confirmationTokens.create>[0]> = {}) =>
    stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_visa', ...params });

  it('is made with a token once, which shows its method, keeps the way back and says what it paid', async () => {
    const address = { line1: '1 Kiln Lane', city: 'Portland', country: 'US' };
    const made = await token({
      return_url: 'https://shop.example/back',
      setup_future_usage: 'off_session',
      shipping: { name: 'Ada Buyer', address },
    });
    expect(made).toMatchObject({
      payment_intent: null,
      payment_method_preview: { type: 'card', card: { last4: '4242' }, customer: null },
    });
    const customer = (await stripe.customers.create({})).id;
    const intent = await stripe.paymentIntents.create({
      ...AMOUNT,
      customer,
      confirm: true,
      confirmation_token: made.id,
      expand: ['payment_method'],
    });
    expect(intent).toMatchObject({
      status: 'succeeded',
      setup_future_usage: 'off_session',
      shipping: { name: 'Ada Buyer' },
      payment_method: { customer },
    });
    expect((await stripe.confirmationTokens.retrieve(made.id)).payment_intent).toBe(intent.id);
    const again = await stripe.paymentIntents.create({ ...AMOUNT, ...BY_CARD_ALONE });
    await expect(stripe.paymentIntents.confirm(again.id, { confirmation_token: made.id })).rejects.toThrow('already been used'); // prettier-ignore
    const other = await token();
    await expect(stripe.paymentIntents.confirm(again.id, { confirmation_token: other.id, payment_method: 'pm_card_visa' })).rejects.toMatchObject({ code: 'parameters_exclusive' }); // prettier-ignore
    await bench.advance(0.6);
    await expect(stripe.paymentIntents.confirm(again.id, { confirmation_token: other.id })).rejects.toThrow('expired'); // prettier-ignore
    await expect(
      stripe.paymentIntents.confirm(again.id, { confirmation_token: 'ctoken_none' }),
    ).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('of a setup is made with a token, too', async () => {
    const { id } = await token({ return_url: 'https://shop.example/back' });
    const intent = await stripe.setupIntents.create({ confirm: true, confirmation_token: id });
    expect(intent.status).toBe('succeeded');
    expect(await stripe.confirmationTokens.retrieve(id)).toMatchObject({ setup_intent: intent.id });
  });

  it('takes only options that its methods have', async () => {
    const make = (options: object) =>
      stripe.paymentIntents.create({
        ...AMOUNT,
        payment_method_options: options as Stripe.PaymentIntentCreateParams.PaymentMethodOptions,
      });
    await expect(make({ card: { request_three_d_secure: 'never' } })).rejects.toMatchObject({
      param: 'payment_method_options[card][request_three_d_secure]',
    });
    await expect(make({ card: { colour: 'red' } })).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'payment_method_options[card][colour]',
    });
    await expect(make({ cheque: {} })).resolves.toBeDefined();
    await expect(make({ cheque: { number: '1' } })).rejects.toMatchObject({ code: 'parameter_unknown' });
    const { payment_method_options } = await make({ card: { setup_future_usage: 'off_session' } });
    expect(payment_method_options!.card).toMatchObject({ setup_future_usage: 'off_session' });
  });

  it('captures a card later and a debit at once, and keeps the one and not the other, as each is told', async () => {
    const customer = (await stripe.customers.create({})).id;
    const make = (data: Stripe.PaymentIntentCreateParams.PaymentMethodData) =>
      stripe.paymentIntents.create({
        ...AMOUNT,
        customer,
        confirm: true,
        return_url: 'https://shop.example',
        setup_future_usage: 'off_session',
        payment_method_data: data,
        payment_method_options: {
          card: { capture_method: 'manual', setup_future_usage: 'none' },
        },
        expand: ['payment_method'],
      });
    const card = await make({ type: 'card', card: { token: 'tok_visa' } } as never);
    expect(card).toMatchObject({ status: 'requires_capture', payment_method: { customer: null } });
    expect((await stripe.paymentIntents.capture(card.id)).status).toBe('succeeded');
    const debit = await make({
      type: 'us_bank_account',
      us_bank_account: { account_number: '000123456789', routing_number: '110000000', account_holder_type: 'individual' }, // prettier-ignore
      billing_details: { name: 'Ada Buyer' },
    });
    expect(debit.status).toBe('processing');
    const manual = stripe.paymentIntents.create({
      ...AMOUNT,
      confirm: true,
      capture_method: 'manual',
      return_url: 'https://shop.example',
      payment_method_data: {
        type: 'us_bank_account',
        us_bank_account: { account_number: '000123456789', routing_number: '110000000', account_holder_type: 'individual' }, // prettier-ignore
        billing_details: { name: 'Ada Buyer' },
      },
    });
    await expect(manual).rejects.toMatchObject({ code: 'payment_intent_incompatible_payment_method' });
  });

  it('knows a buyer who is there from one who is not, and says so only while it is made', async () => {
    const customer = (await stripe.customers.create({})).id;
    const strict = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
    const make = (params: Partial<Stripe.PaymentIntentCreateParams>) =>
      stripe.paymentIntents.create({
        ...AMOUNT,
        ...BY_CARD_ALONE,
        customer,
        payment_method: strict.id,
        ...params,
      });
    expect((await make({ confirm: true, off_session: false })).status).toBe('requires_action');
    await expect(make({ confirm: true, off_session: true })).rejects.toMatchObject({ code: 'authentication_required' }); // prettier-ignore
    await expect(make({ confirm: true, off_session: 'recurring' as never })).rejects.toMatchObject({ code: 'authentication_required' }); // prettier-ignore
    await expect(make({ confirm: true, off_session: 'sometimes' as never })).rejects.toMatchObject({ param: 'off_session' }); // prettier-ignore
    await expect(make({ confirm: true, error_on_requires_action: true })).rejects.toMatchObject({ code: 'authentication_required' }); // prettier-ignore
    await expect(make({ off_session: true })).rejects.toMatchObject({ param: 'off_session' });
    await expect(make({ return_url: 'https://shop.example' })).rejects.toMatchObject({ param: 'return_url' });
  });

  it('that was authorised is not captured for a seller who may no longer be paid', async () => {
    const seller = await bench.seller();
    const held = await stripe.paymentIntents.create({
      ...AMOUNT,
      ...BY_CARD_ALONE,
      confirm: true,
      payment_method: 'pm_card_visa',
      capture_method: 'manual',
      transfer_data: { destination: seller },
    });
    await bench.control(`/accounts/${seller}/restrict`, {});
    await expect(stripe.paymentIntents.capture(held.id)).rejects.toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
    await bench.control(`/accounts/${seller}/restore`, {});
    expect((await stripe.paymentIntents.capture(held.id)).status).toBe('succeeded');
  });
});
