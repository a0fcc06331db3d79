import { request } from 'node:http';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';

describe('who may press the emulator’s buttons', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  /** By node:http, since fetch lets nobody choose the Host header. */
  const status = (method: string, path: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(emulator.url + path, { method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it('is a program or a page of this machine', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', 'emulator.localhost'])
      expect(await status('GET', '/_emulator/clock', { host: `${host}:${emulator.port}` })).toBe(200);
    expect(await status('POST', '/_emulator/clock/resume')).toBe(200);
    expect(await status('GET', '/')).toBe(200);
  });

  it.each([
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a form of another port', { 'sec-fetch-site': 'same-site' }],
    ['a form of an old browser', { origin: 'https://evil.example' }],
  ])('is not %s', async (_, headers) => {
    expect(await status('POST', '/_emulator/clock/freeze', { ...form, ...headers })).toBe(403);
    expect(emulator.engine.clock.frozen).toBe(false);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io'])(
    'is not a page of %s that lets its name point here, nor a tunnel',
    async (host) => {
      expect(await status('GET', '/_emulator/state', { host })).toBe(403);
      expect(await status('GET', '/', { host })).toBe(403);
    },
  );
});
