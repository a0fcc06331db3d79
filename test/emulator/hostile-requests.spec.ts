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
  ])('%s is refused', async (_, path, type, body) => {
    expect((await post(path, type, body)).status).toBe(400);
    expect((await fetch(`${emulator.url}/_emulator/health`)).ok).toBe(true);
  }); // prettier-ignore

  it('a body of a type that nobody speaks is refused', async () => {
    const answer = await post('/v1/customers', 'text/xml', '<name/>');
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
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
