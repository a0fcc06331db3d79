import { permissionFor } from '../../apps/stripe-emulator/src/http/restricted-keys.js';
import { routes } from '../../apps/stripe-emulator/src/resources/index.js';
import { Bench, BY_CARD_ALONE, KEY } from './support.js';

describe('the HTTP of the emulator', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.stop());

  const call = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) => {
    const answer = await fetch(bench.emulator.url + path, {
      method,
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    return {
      answer,
      body: (await answer.json()) as Record<string, unknown> & { error: Record<string, unknown> },
    };
  };

  it('names the request on every answer, and a refusal says where its log is', async () => {
    const good = await call('GET', '/v1/balance');
    expect(good.answer.headers.get('request-id')).toMatch(/^req_\w{14}$/);
    const { answer, body } = await call('GET', '/v1/charges/ch_none');
    const id = answer.headers.get('request-id')!;
    expect(body.error['request_log_url']).toBe(`https://dashboard.stripe.com/test/logs/${id}`);
    const nowhere = await call('GET', '/v1/nowhere');
    expect(nowhere.answer.headers.get('request-id')).toMatch(/^req_/);
  });

  it('answers in the version that was asked for, or the account’s, and knows no others', async () => {
    const version = async (asked?: string) => {
      const { answer } = await call('GET', '/v1/balance', asked ? { 'stripe-version': asked } : {});
      return [answer.status, answer.headers.get('stripe-version')];
    };
    expect(await version('2026-10-28.endive')).toEqual([200, '2026-10-28.endive']);
    expect(await version('2020-08-27')).toEqual([200, '2020-08-27']);
    expect(await version()).toEqual([200, '2022-11-15']);
    const { answer, body } = await call('GET', '/v1/balance', { 'stripe-version': '2099-01-01' });
    expect([answer.status, body.error['message']]).toEqual([400, 'Invalid Stripe API version: 2099-01-01']);
  });

  it('takes what a version still had, and no version after', async () => {
    const make = (version: string) =>
      call('POST', '/v1/payment_intents', { 'stripe-version': version }, 'amount=500&currency=usd&payment_method_types[]=card'); // prettier-ignore
    expect((await make('2026-06-24.dahlia')).answer.status).toBe(200);
    const { answer, body } = await make('2026-10-28.endive');
    expect([answer.status, body.error['code']]).toEqual([400, 'parameter_unknown']);
  });

  it('answers 404 where the address names nothing, and 400 where a parameter does', async () => {
    const path = await call('GET', '/v1/customers/cus_none');
    expect([path.answer.status, path.body.error['code'], path.body.error['param']]).toEqual([404, 'resource_missing', 'id']); // prettier-ignore
    const param = await call('POST', '/v1/payment_intents', {}, 'amount=500&currency=usd&customer=cus_none');
    expect([param.answer.status, param.body.error['code'], param.body.error['param']]).toEqual([400, 'resource_missing', 'customer']); // prettier-ignore
    const cursor = await call('GET', '/v1/customers?starting_after=cus_none');
    expect([cursor.answer.status, cursor.body.error['param']]).toEqual([400, 'starting_after']);
  });

  it('expands through lists and four levels, from an id to what it names', async () => {
    const seller = await bench.seller();
    await bench.sale({ seller, amount: 1000, fee: 100 });
    const path = 'data.payment_intent.latest_charge.transfer';
    const { body } = await call('GET', `/v1/checkout/sessions?limit=1&expand[]=${path}`);
    const [session] = body['data'] as [{ payment_intent: { latest_charge: { transfer: object } } }];
    expect(session.payment_intent.latest_charge.transfer).toMatchObject({ object: 'transfer', amount: 1000 });
    const deep = await call('GET', `/v1/checkout/sessions?expand[]=${path}.destination`);
    expect([deep.answer.status, deep.body.error['param']]).toEqual([400, 'expand']);
  });

  it('unsets one key of metadata by an empty value, and all of them by an empty metadata', async () => {
    const { body } = await call('POST', '/v1/customers', {}, 'metadata[a]=1&metadata[b]=2');
    const path = `/v1/customers/${String(body['id'])}`;
    expect((await call('POST', path, {}, 'metadata[a]=&metadata[c]=3')).body['metadata']).toEqual({ b: '2', c: '3' }); // prettier-ignore
    expect((await call('POST', path, {}, 'metadata=')).body['metadata']).toEqual({});
  });

  it('knows the same parameters in another order for the same', async () => {
    const key = { 'idempotency-key': 'order' };
    const first = await call('POST', '/v1/customers', key, 'name=x&metadata[a]=1&metadata[b]=2');
    const again = await call('POST', '/v1/customers', key, 'metadata[b]=2&metadata[a]=1&name=x');
    expect(again.body['id']).toBe(first.body['id']);
    expect(again.answer.headers.get('idempotent-replayed')).toBe('true');
  });

  it('acts for the account of Stripe-Account or at the end of Stripe-Context, and for no stranger', async () => {
    const seller = await bench.seller();
    for (const [name, value] of [
      ['stripe-account', seller],
      ['stripe-context', `${bench.platform}/${seller}`],
    ] as const)
      // prettier-ignore
      expect((await call('GET', '/v1/account', { [name]: value })).body['id']).toBe(seller);
    const { answer, body } = await call('GET', '/v1/balance', { 'stripe-context': 'acct_none' });
    expect([answer.status, body.error['code']]).toEqual([403, 'account_invalid']);
  });

  it('lets a restricted key do what it was given, and nothing else', async () => {
    const permissions = { payment_intents: 'write', charges: 'read' };
    const { key } = await bench.control<{ key: string }>('/keys', { permissions });
    const worker = Bench.client(bench.emulator, key);
    const paid = await worker.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    expect((await worker.charges.retrieve(paid.latest_charge as string)).amount).toBe(500);
    const refused = { statusCode: 403, type: 'StripePermissionError' };
    await expect(worker.charges.update(paid.latest_charge as string, { description: 'x' })).rejects.toMatchObject(refused); // prettier-ignore
    await expect(worker.refunds.create({ payment_intent: paid.id })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining("'rak_refund_write'"),
    });
    const stranger = Bench.client(bench.emulator, 'rk_test_nobody');
    await expect(stranger.balance.retrieve()).rejects.toMatchObject({ statusCode: 401 });
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'has a permission that a restricted key needs: %s',
    (_, route) => {
      expect(permissionFor(route).name).toMatch(/^rak_[a-z_]+_(read|write)$/);
    },
  );

  it('gives a restricted key the same of v1 and v2, and nothing that does not exist', async () => {
    const { key } = await bench.control<{ key: string }>('/keys', { permissions: { accounts: 'read' } });
    const { accounts, v2 } = Bench.client(bench.emulator, key);
    expect((await accounts.list()).object).toBe('list');
    expect(await v2.core.accounts.list()).toHaveProperty('data');
    await expect(accounts.create({})).rejects.toThrow("'rak_connected_account_write'");
    await expect(bench.control('/keys', { permissions: { acounts: 'read' } })).rejects.toThrow(/acounts/);
  });

  it('takes a publishable key for what a buyer’s browser does, and nothing else', () => {
    const open = routes
      .filter(({ publishable }) => publishable)
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual([
      'GET /v1/payment_intents/:id',
      'GET /v1/payment_pages/:id',
      'GET /v1/setup_intents/:id',
      'POST /v1/payment_intents/:id/confirm',
      'POST /v1/payment_methods',
      'POST /v1/payment_pages/:id/confirm',
      'POST /v1/setup_intents/:id/confirm',
      'POST /v1/tokens',
    ]);
  });

  it('refuses a publishable key on the server’s side of the API', async () => {
    const browser = Bench.client(bench.emulator, 'pk_test_shop');
    const refused = { statusCode: 403, code: 'secret_key_required' };
    await expect(browser.balance.retrieve()).rejects.toMatchObject(refused);
    await expect(browser.refunds.create({ charge: 'ch_1' })).rejects.toMatchObject(refused);
    expect((await browser.tokens.create({ card: { number: '4242424242424242', exp_month: '1', exp_year: '2031' } })).object).toBe('token'); // prettier-ignore
  });

  it('shows a publishable key what is paid with, and nobody’s record behind a payment', async () => {
    const customer = await bench.stripe.customers.create({ name: 'Ada' });
    const { id, client_secret } = await bench.stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer: customer.id, payment_method: 'pm_card_visa', confirm: true, ...BY_CARD_ALONE }); // prettier-ignore
    const seen = (path: string) =>
      call('GET', `/v1/payment_intents/${id}?client_secret=${client_secret!}&expand[]=${path}`, { authorization: 'Bearer pk_test_shop' }); // prettier-ignore
    expect((await seen('payment_method')).body).toMatchObject({
      payment_method: { card: { last4: '4242' } },
    });
    for (const path of ['customer', 'latest_charge.balance_transaction'])
      expect([path, (await seen(path)).answer.status]).toEqual([path, 400]);
  });
});
