import type Stripe from 'stripe';
import { Shop } from './billing-support.js';
import { Bench } from './support.js';

describe('searching', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
    const make = (name: string, metadata: Record<string, string>) =>
      bench.stripe.customers.create({ name, email: `${name.toLowerCase()}@example.com`, metadata });
    await make('Ada', { shop: '12', note: "it's" });
    await make('Grace', { shop: '12' });
    await make('Joan', { shop: '13' });
  });
  afterAll(() => bench.stop());

  const names = async (query: string) =>
    (await bench.stripe.customers.search({ query })).data.map(({ name }) => name);

  it.each([
    [`metadata['shop']:'12'`, ['Grace', 'Ada']],
    [`metadata["shop"]:"12" AND name:'ada'`, ['Ada']],
    [`name:'Joan' OR name:'Grace'`, ['Joan', 'Grace']],
    [`-metadata['shop']:'12'`, ['Joan']],
    [`metadata['note']:null`, ['Joan', 'Grace']],
    [`metadata['note']:'it\\'s'`, ['Ada']],
    [`email~'example'`, ['Joan', 'Grace', 'Ada']],
    [`created>4102444800`, []],
  ])('%s', async (query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it('finds payments by what their maker knows them by, page by page', async () => {
    for (const order of ['1', '2', '3']) {
      await bench.stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        metadata: { order, run: 'a' },
      });
    }
    const query = `metadata['run']:'a' AND status:'requires_payment_method'`;
    const first = await bench.stripe.paymentIntents.search({ query, limit: 2 });
    expect(first).toMatchObject({
      object: 'search_result',
      has_more: true,
      url: '/v1/payment_intents/search',
    });
    const all = await bench.stripe.paymentIntents.search({ query, limit: 2 }).autoPagingToArray({ limit: 9 });
    expect(all.map(({ metadata }) => metadata['order'])).toEqual(['3', '2', '1']);
  });

  it('finds what is sold, what was charged, billed and subscribed to', async () => {
    const { stripe } = bench;
    const shop = new Shop(bench);
    const product = await stripe.products.create({ name: 'Kiln', metadata: { room: '7' } });
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 900,
      lookup_key: 'kiln-hour',
      recurring: { interval: 'month' },
    });
    const subscription = await shop.subscription({ items: [{ price: price.id }], metadata: { room: '7' } });
    await shop.subscription();
    const ids = async (search: Promise<Stripe.ApiSearchResult<{ id?: string }>>) =>
      (await search).data.map(({ id }) => id);
    expect(await ids(stripe.products.search({ query: "metadata['room']:'7'" }))).toEqual([product.id]);
    expect(await ids(stripe.prices.search({ query: "lookup_key:'kiln-hour'" }))).toEqual([price.id]);
    expect(await ids(stripe.subscriptions.search({ query: "metadata['room']:'7'" }))).toEqual([
      subscription.id,
    ]);
    const invoices = stripe.invoices.search({ query: `customer:'${subscription.customer as string}'` });
    expect(await ids(invoices)).toEqual([subscription.latest_invoice]);
    const { data } = await stripe.charges.search({ query: 'amount>899 AND amount<901' });
    expect(data).toMatchObject([{ amount: 900, customer: subscription.customer }]);
    // What has become different is found by what it is now.
    await stripe.subscriptions.cancel(subscription.id);
    expect(await ids(stripe.subscriptions.search({ query: "status:'canceled'" }))).toEqual([subscription.id]);
  });

  it.each([
    [`colour:'red'`, 'unsupported search field'],
    [`name='Ada'`, 'unable to parse'],
    [`name:'Ada' name:'Joan'`, 'unable to parse'],
    [`name~'ad'`, 'three characters'],
    [`name:'a' AND name:'b' OR name:'c'`, 'combine AND and OR'],
  ])('refuses %s', async (query, words) => {
    await expect(names(query)).rejects.toMatchObject({ statusCode: 400, param: 'query', message: expect.stringContaining(words) }); // prettier-ignore
  });
});
