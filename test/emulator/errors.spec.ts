import Stripe from 'stripe';
import { Bench } from './support.js';

describe('what is refused, and how', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.stop());

  const valid: Stripe.Checkout.SessionCreateParams = {
    mode: 'payment',
    success_url: 'https://shop.example/done',
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: 'Bowl' } } },
    ],
  };
  const item = (price: object) => [
    {
      quantity: 1,
      price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: 'Bowl' }, ...price },
    },
  ];

  it.each<[string, object, string]>([
    ['a customer and an e-mail', { customer: 'cus_1', customer_email: 'a@b.example' }, 'customer_email'],
    [
      'a discount and promotion codes',
      { discounts: [{ coupon: 'x' }], allow_promotion_codes: true },
      'discounts',
    ],
    [
      'a fee and a transferred amount',
      {
        payment_intent_data: {
          application_fee_amount: 1,
          transfer_data: { destination: 'acct_1', amount: 5 },
        },
      },
      'payment_intent_data[transfer_data][amount]',
    ],
    ['no e-mail address', { customer_email: 'jenny' }, 'customer_email'],
    ['two discounts', { discounts: [{ coupon: 'x' }, { coupon: 'y' }] }, 'discounts'],
    ['a hundred and one lines', { line_items: Array.from({ length: 101 }, () => item({})[0]) }, 'line_items'],
  ])('refuses for a session what Stripe does not take together: %s', async (_, change, param) => {
    const params = { ...valid, ...change };
    await expect(bench.stripe.checkout.sessions.create(params)).rejects.toMatchObject({
      statusCode: 400,
      param,
    });
  });

  it('refuses a total of nine digits, too deep expansion, more than 20 types of events, and events that do not exist', async () => {
    const { stripe } = bench;
    const dear = item({ unit_amount: 60_000_000 });
    await expect(
      stripe.checkout.sessions.create({ ...valid, line_items: [...dear, ...dear] }),
    ).rejects.toMatchObject({ code: 'amount_too_large' });
    const expand = ['data.payment_intent.latest_charge.transfer.destination_payment'];
    await expect(stripe.checkout.sessions.list({ expand })).rejects.toMatchObject({ param: 'expand' });
    const types = Array.from({ length: 21 }, () => 'charge.updated');
    await expect(stripe.events.list({ types })).rejects.toMatchObject({ param: 'types' });
    const endpoint = { url: 'http://127.0.0.1:9/', enabled_events: ['charge.updated', 'charge.eaten'] };
    await expect(
      stripe.webhookEndpoints.create(endpoint as Stripe.WebhookEndpointCreateParams),
    ).rejects.toMatchObject({ param: 'enabled_events[1]' });
    const charge = await bench.sale();
    const both = { charge: charge.id, payment_intent: charge.payment_intent as string };
    await expect(stripe.refunds.create(both)).rejects.toMatchObject({ param: 'payment_intent' });
  });

  it.each<[string, object, string | undefined, string | undefined]>([
    ['an unknown parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
    [
      'an unknown nested parameter',
      { payment_intent_data: { colour: 1 } },
      'parameter_unknown',
      'payment_intent_data[colour]',
    ],
    ['a missing one', { success_url: undefined }, 'parameter_missing', 'success_url'],
    [
      'a missing nested one',
      { line_items: item({ product_data: { description: 'x' } }) },
      'parameter_missing',
      'line_items[0][price_data][product_data][name]',
    ],
    ['a bad enum', { mode: 'gift' }, undefined, 'mode'],
    [
      'a bad integer',
      { line_items: item({ unit_amount: 'ten' }) },
      'parameter_invalid_integer',
      'line_items[0][price_data][unit_amount]',
    ],
    [
      'a fraction',
      { line_items: item({ unit_amount: 10.5 }) },
      'parameter_invalid_integer',
      'line_items[0][price_data][unit_amount]',
    ],
    ['an empty string', { client_reference_id: '' }, 'parameter_invalid_empty', 'client_reference_id'],
    ['a bad URL', { success_url: 'nowhere' }, 'url_invalid', 'success_url'],
    ['an amount that is too small', { line_items: item({ unit_amount: 49 }) }, 'amount_too_small', undefined],
    [
      'an unknown destination',
      { payment_intent_data: { transfer_data: { destination: 'acct_no' } } },
      'resource_missing',
      'payment_intent_data[transfer_data][destination]',
    ],
    [
      'a parameter that newer versions dropped',
      { payment_method_types: ['card'] },
      'parameter_unknown',
      'payment_method_types',
    ],
  ])('%s', async (_name, change, code, param) => {
    const failure = await bench.stripe.checkout.sessions
      .create({ ...valid, ...change })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(failure).toMatchObject({
      code,
      type: 'StripeInvalidRequestError',
      requestId: expect.stringMatching(/^req_/),
    });
    if (param) expect(failure).toMatchObject({ param });
  });

  it.each<[string, object, string, string]>([
    ['a text', { description: `${'a'.repeat(4996)}wxyzz` }, 'description', 'Invalid string: aaaa...xyzz; must be at most 5000 characters'],
    ['a name', { name: 'n'.repeat(151) }, 'name', 'Invalid string: nnnn...nnnn; must be at most 150 characters'],
    ['a key of metadata', { metadata: { ['k'.repeat(41)]: 'v' } }, `metadata[${'k'.repeat(41)}]`, 'up to 40 characters'],
    ['metadata', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) }, 'metadata', '50 keys'],
  ])('refuses what is too long: %s', async (_, change, param, message) => {
    await expect(bench.stripe.customers.create(change)).rejects.toMatchObject({
      statusCode: 400,
      param,
      message: expect.stringContaining(message),
    });
  }); // prettier-ignore

  it.each([
    ['A'.repeat(23), `must be at most 22 characters. ${'A'.repeat(23)} is 23 characters long.`],
    ['12345', 'must contain at least one alphabetic character'],
    ['HATS*', 'must not contain any of these characters'],
  ])('refuses what no bank statement shows: %s', async (statement_descriptor_suffix, message) => {
    const params = { amount: 500, currency: 'usd', statement_descriptor_suffix };
    await expect(bench.stripe.paymentIntents.create(params)).rejects.toMatchObject({
      param: 'statement_descriptor_suffix',
      message: expect.stringContaining(`The statement descriptor ${message}`),
    });
  });

  it('says which amounts it takes, in the currency of the payment', async () => {
    const pay = (amount: number, currency: string) =>
      bench.stripe.paymentIntents.create({ amount, currency });
    await expect(pay(49, 'usd')).rejects.toMatchObject({
      code: 'amount_too_small',
      message: 'Amount must be at least $0.50 usd',
    });
    await expect(pay(49, 'jpy')).rejects.toMatchObject({ message: 'Amount must be at least ¥50 jpy' });
    await expect(pay(100_000_000, 'gbp')).rejects.toMatchObject({
      code: 'amount_too_large',
      message: 'Amount must be no more than £999,999.99',
    });
  });

  it('refuses two parameters of which one is enough, by a code of its own', async () => {
    const exclusive = { code: 'parameters_exclusive', statusCode: 400 };
    const both = { customer: 'cus_1', customer_email: 'a@b.example' };
    await expect(bench.stripe.checkout.sessions.create({ ...valid, ...both })).rejects.toMatchObject({
      ...exclusive,
      message: 'You may only specify one of these parameters: customer, customer_email.',
    });
    await expect(
      bench.stripe.customers.list({ starting_after: 'cus_1', ending_before: 'cus_2' }),
    ).rejects.toMatchObject({ ...exclusive, param: undefined });
  });

  it('refuses a fee above the amount, and a seller who may not be paid', async () => {
    const seller = await bench.seller();
    await expect(bench.session({ seller, fee: 1001 })).rejects.toMatchObject({
      param: 'payment_intent_data[application_fee_amount]',
    });
    const fresh = await bench.seller({ onboarded: false });
    await expect(bench.session({ seller: fresh })).rejects.toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
  });

  it('answers 401 without a good key, 404 for unknown ids and routes, 403 for accounts of others', async () => {
    const wrong = Bench.client(bench.emulator, 'sk_wrong');
    await expect(wrong.balance.retrieve()).rejects.toMatchObject({
      statusCode: 401,
      type: 'StripeAuthenticationError',
    });
    await expect(Bench.client(bench.emulator, 'sk_live_abc').balance.retrieve()).rejects.toMatchObject({
      statusCode: 401,
    });
    await expect(bench.stripe.charges.retrieve('ch_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    await expect(bench.stripe.rawRequest('GET', '/v1/nothing')).rejects.toMatchObject({ statusCode: 404 });
    await expect(bench.stripe.balance.retrieve({}, { stripeAccount: 'acct_none' })).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it('keeps money with many digits exact and refuses amounts beyond the limit', async () => {
    await expect(bench.session({ amount: 100_000_000 })).rejects.toMatchObject({
      code: 'parameter_invalid_integer',
    });
    expect((await bench.session({ amount: 99_999_999 })).amount_total).toBe(99_999_999);
  });

  it('pages through lists both ways and filters by time', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await bench.stripe.customers.create({ name });
    const all = await bench.stripe.customers.list().autoPagingToArray({ limit: 100 });
    const names = all.map((one) => one.name);
    expect(names.slice(0, 5)).toEqual(['e', 'd', 'c', 'b', 'a']);
    const first = await bench.stripe.customers.list({ limit: 2 });
    expect(first).toMatchObject({ has_more: true, url: '/v1/customers' });
    const second = await bench.stripe.customers.list({ limit: 2, starting_after: first.data[1]!.id });
    expect(second.data.map((one) => one.name)).toEqual(['c', 'b']);
    const back = await bench.stripe.customers.list({ limit: 2, ending_before: second.data[0]!.id });
    expect(back.data.map((one) => one.name)).toEqual(['e', 'd']);
    expect(back.has_more).toBe(false);
    expect((await bench.stripe.customers.list({ created: { gt: all[0]!.created } })).data).toEqual([]);
  });

  it('expands what can be expanded and names what cannot', async () => {
    const session = await bench.session();
    const seen = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
    expect(seen.line_items!.data[0]).toMatchObject({ description: 'Bowl', amount_total: 1000 });
    await expect(
      bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['colour'] }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('merges metadata and unsets keys', async () => {
    const { id } = await bench.stripe.customers.create({ metadata: { a: '1', b: '2' } });
    await bench.stripe.customers.update(id, { metadata: { b: '', c: '3' } });
    expect((await bench.stripe.customers.retrieve(id)) as Stripe.Customer).toMatchObject({
      metadata: { a: '1', c: '3' },
    });
  });
});
