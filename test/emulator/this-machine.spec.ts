import { request } from 'node:http';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';

/** By node:http, since fetch lets nobody choose the Host header. */
const status = (
  emulator: RunningEmulator,
  method: string,
  path: string,
  headers: Record<string, string> = {},
) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(emulator.url + path, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('who may press the emulator’s buttons', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it('is a program or a page of this machine', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', 'emulator.localhost'])
      expect(await status(emulator, 'GET', '/_emulator/clock', { host: `${host}:${emulator.port}` })).toBe(
        200,
      );
    expect(await status(emulator, 'POST', '/_emulator/clock/resume')).toBe(200);
    expect(await status(emulator, 'GET', '/')).toBe(200);
  });

  it.each([
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a form of another port', { 'sec-fetch-site': 'same-site' }],
    ['a form of an old browser', { origin: 'https://evil.example' }],
  ])('is not %s', async (_, headers) => {
    expect(await status(emulator, 'POST', '/_emulator/clock/freeze', { ...form, ...headers })).toBe(403);
    expect(emulator.engine.clock.frozen).toBe(false);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io'])(
    'is not a page of %s that lets its name point here, nor a tunnel',
    async (host) => {
      expect(await status(emulator, 'GET', '/_emulator/state', { host })).toBe(403);
      expect(await status(emulator, 'GET', '/', { host })).toBe(403);
    },
  );
});

describe('who may use the API and its pages', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const key = { authorization: 'Bearer sk_test_x' };

  it.each(['127.0.0.1', '192.168.1.20', '[::1]', 'localhost', 'stripe', 'host.docker.internal', 'box.local'])(
    'is a program that calls it %s',
    async (host) => {
      expect(await status(emulator, 'GET', '/v1/balance', { ...key, host: `${host}:12111` })).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'evil.notlocal'])(
    'is no page of %s that lets its name point here',
    async (host) => {
      for (const path of [
        '/v1/balance',
        '/v2/core/accounts',
        '/links/link_1',
        '/c/pay/cs_1',
        '/setup/s/1/review',
      ])
        expect(await status(emulator, 'GET', path, { ...key, host })).toBe(403);
    },
  );

  it('is no form of another site, not even with a key in its address', async () => {
    const foreign = {
      ...key,
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.example',
    };
    expect(await status(emulator, 'POST', '/v1/customers', foreign)).toBe(403);
    expect([...emulator.engine.store.all('customer', emulator.engine.platform)]).toEqual([]);
  });

  it('is no other site that asks beforehand whether its pages may read', async () => {
    const answer = await fetch(`${emulator.url}/v1/balance`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-headers': 'authorization' },
    });
    expect(answer.ok).toBe(false);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
