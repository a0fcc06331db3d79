import { connect } from 'node:net';
import { startEmulator, type RunningEmulator } from '../../apps/stripe-emulator/src/index.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const nested = (levels: number) => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('no request ends the emulator, keeps it busy or makes it fail', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ seed: 7 });
  });
  afterAll(() => emulator.close());

  const post = (path: string, type: string, body: string) =>
    fetch(emulator.url + path, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_x', 'content-type': type },
      body,
      signal: AbortSignal.timeout(5000),
    });

  it.each([
    ['names nested without end in a form', '/v1/customers', FORM, `metadata${'[a]'.repeat(200_000)}=1`],
    ['lists nested without end in JSON', '/v1/customers', JSON_TYPE, nested(200_000)],
    ['a list of a hundred thousand', '/v1/customers', FORM, 'expand[]=a&'.repeat(100_000)],
    ['a word where an object belongs', '/v2/core/accounts', JSON_TYPE, '"word"'],
    ['nothing where an object belongs', '/v2/core/accounts', JSON_TYPE, 'null'],
    ['a hash that names toString as an integer', '/v1/payment_intents', FORM, 'amount[toString]=1&currency=usd'],
    ['a hash that names toString as a boolean', '/v1/payment_intents', FORM, 'amount=1&currency=usd&confirm[toString]=1'],
    ['a file that breaks off', '/v1/files', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nxyz'],
    ['a hash as the end of a trial', '/v1/subscriptions', FORM, 'customer=c&items[0][price]=p&trial_end[toString]=1'],
    ['a hash as the start of a schedule', '/v1/subscription_schedules', FORM, 'customer=c&start_date[toString]=1'],
    ['a word of JavaScript as a token', '/v1/accounts', FORM, 'type=custom&country=US&external_account=constructor'],
    ['a bank account without a country', '/v1/accounts', FORM, 'type=custom&country=US&external_account[object]=bank_account'],
    ['a debit card without a number', '/v1/accounts', FORM, 'type=custom&country=US&external_account[object]=card'],
  ])('%s is refused', async (_, path, type, body) => {
    expect((await post(path, type, body)).status).toBe(400);
    expect((await fetch(`${emulator.url}/_emulator/health`)).ok).toBe(true);
  }); // prettier-ignore

  it('a body of a type that nobody speaks is refused', async () => {
    const answer = await post('/v1/customers', 'text/xml', '<name/>');
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  it('a search whose words are all escapes is answered', async () => {
    const query = encodeURIComponent(`name~'${'\\a'.repeat(2000)}`);
    const answer = await fetch(`${emulator.url}/v1/customers/search?query=${query}`, {
      headers: { authorization: 'Bearer sk_test_x' },
    });
    expect(answer.status).toBe(400);
  });

  it('what a caller calls an object in its metadata is no object to be expanded', async () => {
    const made = await post('/v1/customers', FORM, 'metadata[object]=invoice&metadata[id]=in_1');
    const { id } = (await made.json()) as { id: string };
    for (const path of ['metadata.payments', 'metadata.id', 'constructor', '__proto__']) {
      const answer = await fetch(`${emulator.url}/v1/customers/${id}?expand[]=${path}`, {
        headers: { authorization: 'Bearer sk_test_x' },
      });
      expect([path, answer.status]).toEqual([path, 400]);
    }
  });

  it.each([
    ['an onboarding without answers', '/_emulator/accounts/acct_1/answer', '{"answers":null}'],
    ['a key without permissions', '/_emulator/keys', '{"permissions":null}'],
    ['a key for a word of JavaScript', '/_emulator/keys', '{"permissions":{"constructor":"write"}}'],
    ['a clock set to the end of time', '/_emulator/clock/set', '{"now":"9999-12-31T00:00:00Z"}'],
  ])('%s is refused', async (_, path, body) => {
    expect((await post(path, JSON_TYPE, body)).status).toBe(400);
  });

  it('of a refusal that repeats megabytes, the log of calls keeps the first words', async () => {
    const long = 'x'.repeat(2_000_000);
    await post('/v1/payment_intents', FORM, `amount=${long}&currency=usd`);
    await post('/v1/payment_intents', FORM, `${long}=1`);
    const page = await (await fetch(`${emulator.url}/dashboard/requests`)).text();
    expect(page).toContain('Invalid integer: xxx');
    expect(page.length).toBeLessThan(200_000);
  });

  const payable = async (success_url: string) => {
    const order = {
      mode: 'payment',
      success_url,
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '1000',
      'line_items[0][price_data][product_data][name]': 'Bowl',
      'line_items[0][quantity]': '1',
    };
    return post('/v1/checkout/sessions', FORM, new URLSearchParams(order).toString());
  };

  it.each([
    [
      'http://localhost/日本/ü?by={CHECKOUT_SESSION_ID}',
      /^http:\/\/localhost\/%E6%97%A5%E6%9C%AC\/%C3%BC\?by=cs_test_\w+$/,
    ],
    ['http://localhost/a\r\nx-more: 1', /^http:\/\/localhost\/a%0D%0Ax-more:%201$/],
    ['http://localhost/\ud800', /^http:\/\/localhost\/%EF%BF%BD$/],
  ])('a buyer comes back to %j', async (url, location) => {
    const { id } = (await (await payable(url)).json()) as { id: string };
    await post(`/_emulator/sessions/${id}/pay`, JSON_TYPE, '{}');
    const { status, headers } = await fetch(`${emulator.url}/c/pay/${id}`, {
      method: 'POST',
      redirect: 'manual',
    });
    expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(location)]);
  });

  it.each([
    'http://[x/',
    'http://a b/',
    'http://%/',
    'http://a:99999999/',
    'javascript:alert(1)',
    'data:text/html,x',
  ])('nobody is sent to %s, which is no address', async (url) => {
    expect((await payable(url)).status).toBe(400);
  });

  it('a client that breaks off while it asks for a websocket does no harm', async () => {
    const ask =
      'GET /subscribe HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const breakOff = () =>
      new Promise((resolve) => {
        const client = connect(emulator.port, '127.0.0.1', () => {
          client.write(ask);
          client.resetAndDestroy();
        });
        client.on('close', resolve);
      });
    for (let times = 0; times < 20; times += 1) await breakOff();
    expect((await fetch(`${emulator.url}/_emulator/health`)).ok).toBe(true);
  });
});
