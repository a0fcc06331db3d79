import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type RunningEmulator } from '../../apps/stripe-emulator/src/index.js';

const REAL = '4111111111111111';
const GROUPED = '4111 1111 1111 1111';
const CVC = '987';

describe('the number of a real card, wherever it is typed,', () => {
  let emulator: RunningEmulator;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'emulator-cards-'));
    emulator = await startEmulator({ seed: 7, dataDir });
  });
  afterAll(async () => {
    await emulator.close();
    await rm(dataDir, { recursive: true });
  });

  const ask = async (method: string, path: string, fields?: Record<string, string>) => {
    const answer = await fetch(emulator.url + path, {
      method,
      headers: { authorization: 'Bearer sk_test_x', 'idempotency-key': `${method} ${path} ${Math.random()}` },
      ...(fields && { body: new URLSearchParams(fields) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const card = (at: string, number = REAL) => ({ [`${at}[number]`]: number, [`${at}[exp_month]`]: '12', [`${at}[exp_year]`]: '2034', [`${at}[cvc]`]: CVC }); // prettier-ignore
  const charge = { amount: '100', currency: 'usd' };

  it.each([
    ['a payment', '/v1/payment_intents', { ...charge, confirm: 'true', 'payment_method_data[type]': 'card', ...card('payment_method_data[card]') }],
    ['a payment method', '/v1/payment_methods', { type: 'card', ...card('card') }],
    ['a payment method, in groups', '/v1/payment_methods', { type: 'card', ...card('card', GROUPED) }],
    ['a token', '/v1/tokens', card('card')],
    ['the place of a token', '/v1/charges', { ...charge, ...card('source') }],
    ['the place of an id', '/v1/refunds', { charge: REAL }],
    ['the type of a method', '/v1/payment_methods', { type: REAL }],
    ['the address of a call', `/v1/payment_methods/${REAL}/detach`, {}],
    ['a bank account', '/v1/tokens', { 'bank_account[country]': 'US', 'bank_account[routing_number]': '110000000', 'bank_account[account_number]': REAL }],
  ])('as %s, is neither taken nor repeated', async (_, path, fields) => {
    const { status, text } = await ask('POST', path, fields);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/4111 ?1111|987/);
  }); // prettier-ignore

  it('is in no log and no journal afterwards', async () => {
    await ask('GET', `/v1/customers/${REAL}?number=${REAL}`);
    const log = await ask('GET', '/dashboard/requests');
    expect(log.status).toBe(200);
    expect(log.text).toContain('************1111');
    expect(log.text).not.toMatch(/4111 ?1111/);
    const kept = await readFile(join(dataDir, 'journal.jsonl'), 'utf8');
    expect(kept).toContain('Your card number is incorrect.');
    expect(kept).not.toMatch(/4111 ?1111/);
  });

  it('is told from a test card’s, and from a long number that is none', async () => {
    const said = (id: string) => ask('GET', `/v1/customers/${id}`).then(({ text }) => text);
    expect(await said('4242424242424242')).toContain("'4242424242424242'");
    expect(await said('4111111111111112')).toContain("'4111111111111112'");
  });
});
