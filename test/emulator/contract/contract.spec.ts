import { SNAPSHOT_TYPES, THIN_TYPES } from '../../../apps/stripe-emulator/src/engine/event-types.js';
import { Bench, KEY } from '../support.js';
import { sdkTypes } from './body-check.js';
import type { SdkTypes } from './sdk-types.js';

type Body = Record<string, unknown> & { object?: string; data?: unknown };

/** What `bench.stop()` checks at the end of every test of the emulator is tried here on purpose. */
describe('the bodies of the emulator', () => {
  let bench: Bench;
  let seller: string;
  let types: SdkTypes;

  /** The raw body: the SDK would hide what it converts. */
  const call = async (path: string, account?: string): Promise<Body> => {
    const headers = { authorization: `Bearer ${KEY}`, ...(account && { 'stripe-account': account }) };
    const answer = await fetch(bench.emulator.url + path, { headers });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };

  const objectsOf = (body: Body): Body[] => (Array.isArray(body.data) ? (body.data as Body[]) : [body]);

  /** Sellers onboard, buyers pay or fail to, money goes back, payouts arrive and come back. */
  const trade = async () => {
    const { stripe } = bench;
    await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['charge.refunded'] });
    await stripe.v2.core.eventDestinations.create({
      name: 'shop',
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v2.core.account.closed'],
      webhook_endpoint: { url: 'http://127.0.0.1:9/' },
    });
    seller = await bench.seller();
    await bench.seller({ onboarded: false });
    const customer = await stripe.customers.create({ name: 'Jenny', address: { city: 'Berlin' } });
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
    const sold = await bench.sale({ seller, amount: 5000, fee: 500 });
    const discounted = await bench.session({
      seller,
      amount: 3000,
      params: {
        customer: customer.id,
        discounts: [{ coupon: coupon.id }],
        shipping_options: [{ shipping_rate_data: { display_name: 'Post', type: 'fixed_amount', fixed_amount: { amount: 500, currency: 'usd' } } }],
      },
    }); // prettier-ignore
    await bench.pay(discounted.id, '4000000000000002');
    await bench.pay(discounted.id, '4000002500003155');
    await bench.control(`/sessions/${discounted.id}/authenticate`, { passed: true });
    const debit = await bench.session({ currency: 'eur', amount: 2000 });
    await bench.control(`/sessions/${debit.id}/bank_debit`, {});
    await stripe.checkout.sessions.expire((await bench.session()).id);
    await stripe.refunds.create({
      charge: sold.id,
      amount: 1000,
      reverse_transfer: true,
      refund_application_fee: true,
    });
    const pending = await bench.sale({ amount: 700, card: '4000000000007726' });
    await stripe.refunds.create({ charge: pending.id });
    await bench.advance(8);
    const [payout] = (await stripe.payouts.list({}, { stripeAccount: seller })).data;
    await bench.control(`/accounts/${seller}/payouts/${payout!.id}/fail`, {});
    await bench.control(`/accounts/${seller}/requirement`, {
      deadline_in_seconds: 60,
      code: 'invalid_value_other',
    });
  };

  beforeAll(async () => {
    [bench, types] = await Promise.all([Bench.start(), sdkTypes()]);
    await trade();
  });
  afterAll(() => bench.stop());

  const check = (bodies: Body[]) => [...new Set(bodies.flatMap((body) => types.problems(body)))];

  it.each([
    '/v1/account',
    '/v1/accounts',
    '/v1/application_fees',
    '/v1/balance',
    '/v1/balance_settings',
    '/v1/balance_transactions?limit=100',
    '/v1/charges?expand[]=data.refunds',
    '/v1/checkout/sessions?expand[]=data.shipping_options.shipping_rate',
    '/v1/coupons',
    '/v1/customers',
    '/v1/payment_intents',
    '/v1/payouts',
    '/v1/refunds',
    '/v1/shipping_rates',
    '/v1/transfers',
    '/v1/webhook_endpoints',
    '/v2/core/event_destinations?include[0]=webhook_endpoint.url',
    '/v2/core/events',
  ])('are what the SDK says: %s', async (path) => {
    const bodies = objectsOf(await call(path));
    expect(bodies.length).toBeGreaterThan(0);
    expect(check(bodies)).toEqual([]);
  });

  it.each(['balance', 'balance_settings', 'balance_transactions', 'charges', 'payouts', 'refunds'])(
    "are what the SDK says in a seller's account: %s",
    async (path) => {
      const bodies = objectsOf(await call(`/v1/${path}`, seller));
      expect(bodies.length).toBeGreaterThan(0);
      expect(check(bodies)).toEqual([]);
    },
  );

  it('are what the SDK says below other objects', async () => {
    const first = async (path: string) => objectsOf(await call(path))[0]!['id'] as string;
    const [fee, transfer, session] = await Promise.all(
      ['/v1/application_fees', '/v1/transfers', '/v1/checkout/sessions?status=complete'].map(first),
    );
    const reversed = await bench.stripe.transfers.list();
    const back = reversed.data.find((one) => one.amount_reversed > 0) ?? { id: transfer };
    const bodies = await Promise.all([
      call(`/v1/transfers/${back.id}/reversals`),
      call(`/v1/application_fees/${fee}/refunds`),
      call(`/v1/checkout/sessions/${session}/line_items`),
      call(`/v1/accounts/${seller}/external_accounts`),
    ]);
    expect(check(bodies.flatMap(objectsOf))).toEqual([]);
  });

  it('are what the SDK says of v2 accounts, with every part', async () => {
    const parts = ['configuration.recipient', 'defaults', 'future_requirements', 'identity', 'requirements'];
    const include = parts.map((part, index) => `include[${index}]=${part}`).join('&');
    const { data } = await call('/v2/core/accounts');
    for (const { id } of data as { id: string }[])
      expect(check([await call(`/v2/core/accounts/${id}?${include}`)])).toEqual([]);
  });

  it('allow a subscription to the events that the SDK knows, and to no others', () => {
    const ofSdk = (tag: string, prefix: string) =>
      [...types.typesOf(tag)].filter((type) => type.startsWith(prefix)).sort();
    expect([...SNAPSHOT_TYPES].sort()).toEqual(ofSdk('event', ''));
    expect([...THIN_TYPES].sort()).toEqual(ofSdk('v2.core.event', 'v2.'));
  });

  it('would be found out: a field too many, one too few, a value that the SDK does not list', async () => {
    const [charge] = objectsOf(await call('/v1/charges'));
    const { currency: _, ...lacking } = charge!;
    expect(types.problems({ ...charge, extra: 1 })).toEqual(['charge.extra: unknown to the SDK']);
    expect(types.problems({ ...charge, status: 'odd' })).toHaveLength(1);
    expect(types.problems({ ...charge, billing_details: { email: 1 } }).length).toBeGreaterThan(3);
    const events = objectsOf(await call('/v1/events?type=charge.succeeded'));
    const wrong = { ...events[0], data: { object: lacking } };
    expect(types.problems(wrong)).toEqual(['event.data.object.currency: missing']);
    expect(types.problems({ object: 'unicorn' })).toEqual(['no type of the SDK is a unicorn']);
  });

  it('would be found out without any one of the fields that must be there, in every type of the SDK', () => {
    let tried = 0;
    const unnoticed: string[] = [];
    for (const tag of types.tags) {
      for (const sample of types.samples(tag)) {
        expect(types.problems(sample)).toEqual([]);
        for (const field of Object.keys(sample)) {
          const { [field]: _, ...lacking } = sample;
          tried += 1;
          if (types.problems(lacking).length === 0) unnoticed.push(`${tag}.${field}`);
        }
      }
    }
    expect(tried).toBeGreaterThan(5000);
    // An application that was deleted shows all that one has that was not; an event's notification lacks its data.
    expect([...new Set(unnoticed)]).toEqual(['application.deleted', 'v2.core.event.data']);
  });

  it('are what the SDK says in every event of it all', async () => {
    const events = async (account?: string) => (await call('/v1/events?limit=100', account)).data as Body[];
    const all = [...(await events()), ...(await events(seller))];
    expect(new Set(all.map((event) => event['type'])).size).toBeGreaterThan(25);
    expect(check(all)).toEqual([]);
  });
});
