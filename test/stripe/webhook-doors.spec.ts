import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config, PlatformModule, Transactions } from '#platform';
import {
  Destinations,
  type Door,
  PlatformAccount,
  StripeApi,
  StripeModule,
  StripeObject,
  subscribedEvents,
} from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { DoorSecrets } from '../../apps/marketplace/src/webhooks/door-secrets.js';
import {
  AccountWebhooksModule,
  DoorServer,
  PaymentWebhooksModule,
} from '../../apps/marketplace/src/webhooks/index.js';

/** Owns every event, since the door neither knows nor cares who does. */
@StripeObject({ object: 'everything', events: subscribedEvents })
@Injectable()
class OwnerOfEverything {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

const SECRETS: Record<Door, string> = {
  payments: 'whsec_payments',
  accounts: 'whsec_accounts',
  accounts_thin: 'whsec_thin',
};
let serial = 0;
const snapshot = (more: object = {}) => ({
  id: `evt_${++serial}`,
  object: 'event',
  type: 'charge.succeeded',
  created: 1_800_000_000,
  livemode: false,
  data: { object: { id: 'ch_1', object: 'charge' } },
  ...more,
});

describe('the doors for Stripe’s events', () => {
  let database: TestDatabase;
  let emulator: RunningEmulator;
  let app: NestFastifyApplication;
  let origin: string;

  beforeAll(async () => {
    [database, emulator] = await Promise.all([testDatabase(), startEmulator({ port: 0 })]);
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_guildhall',
      STRIPE_API_BASE: emulator.url,
      LOG_LEVEL: 'silent',
    });
    @Module({
      imports: [PlatformModule.forRoot(config), StripeModule, PaymentWebhooksModule, AccountWebhooksModule],
      providers: [OwnerOfEverything],
    })
    class TestModule {}
    const doors = new DoorServer();
    const adapter = new FastifyAdapter({ serverFactory: doors.serverFactory });
    app = await NestFactory.create<NestFastifyApplication>(TestModule, adapter, { logger: false });
    await doors.open(app);
    await app.get(PlatformAccount).assertBelongs();
    await app.listen(0, '127.0.0.1');
    origin = await app.getUrl();
  });

  afterAll(async () => {
    await app.close();
    await emulator.close();
    await database.drop();
  });

  const sign = (payload: string, secret: string, timestamp?: number) =>
    app
      .get(StripeApi)
      .sdk.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) });
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, signature?: string) => {
    const answer = await fetch(`${origin}/webhooks/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }) },
      body,
    });
    await answer.text();
    return answer.status;
  };
  const stored = () =>
    app
      .get(Transactions)
      .query<{ event_id: string; door: string; account: string | null; object_id: string; payload: string }>(
        `select event_id, door, account, object_id, payload from stripe.inbox_events order by id`,
      );

  it('are not there before they are registered', async () => {
    expect(await post('payments', '{}', sign('{}', 'whsec_guess'))).toBe(404);
    for (const [door, secret] of Object.entries(SECRETS))
      await app.get(Destinations).accept(door as Door, secret);
    await new Promise((resolve) => setTimeout(resolve, 1100)); // A door looks again after a second.
  });

  it('store what is signed, byte for byte, and answer 200', async () => {
    const event = snapshot({ note: 'é  two spaces' });
    const body = JSON.stringify(event, null, 2);
    expect(await post('payments', body, sign(body, SECRETS.payments))).toBe(200);
    const rows = await stored();
    expect(rows.at(-1)).toMatchObject({
      event_id: event.id,
      door: 'payments',
      object_id: 'ch_1',
      payload: body,
    });
  });

  it('refuse what is not signed, signed by somebody else, altered, or signed too long ago', async () => {
    const before = (await stored()).length;
    const body = JSON.stringify(snapshot());
    const old = Math.floor(Date.now() / 1000) - 301;
    expect(await post('payments', body)).toBe(400);
    expect(await post('payments', '', sign('', 'whsec_other'))).toBe(400);
    expect(await post('payments', body, 'nonsense')).toBe(400);
    expect(await post('payments', body, sign(body, 'whsec_other'))).toBe(400);
    expect(await post('payments', body, sign(body, SECRETS.accounts))).toBe(400);
    expect(await post('payments', `${body} `, sign(body, SECRETS.payments))).toBe(400);
    expect(await post('payments', body, sign(body, SECRETS.payments, old))).toBe(400);
    expect((await stored()).length).toBe(before);
  });

  it('each know whose events they take: connected accounts, snapshot and thin', async () => {
    const connected = JSON.stringify(snapshot({ type: 'payout.paid', account: 'acct_1' }));
    expect(await post('accounts', connected, sign(connected, SECRETS.accounts))).toBe(200);
    const thin = JSON.stringify({
      id: `evt_${++serial}`,
      object: 'v2.core.event',
      type: 'v2.core.account.updated',
      created: '2026-11-01T10:00:00.000Z',
      livemode: false,
      related_object: { id: 'acct_2', type: 'v2.core.account', url: '/v2/core/accounts/acct_2' },
    });
    expect(await post('accounts/thin', thin, sign(thin, SECRETS.accounts_thin))).toBe(200);
    expect((await stored()).slice(-2)).toMatchObject([
      { door: 'accounts', account: 'acct_1' },
      { door: 'accounts_thin', object_id: 'acct_2' },
    ]);
  });

  it('take a ping, which is thin whatever its destination asks for', async () => {
    const ping = JSON.stringify({
      id: `evt_${++serial}`,
      object: 'v2.core.event',
      type: 'v2.core.event_destination.ping',
      created: '2026-11-01T10:00:00.000Z',
      livemode: false,
      related_object: {
        id: 'ed_1',
        type: 'v2.core.event_destination',
        url: '/v2/core/event_destinations/ed_1',
      },
    });
    expect(await post('payments', ping, sign(ping, SECRETS.payments))).toBe(200);
    expect((await stored()).at(-1)).toMatchObject({ door: 'payments', object_id: 'ed_1' });
  });

  it('take an event of the other mode without storing it', async () => {
    const before = (await stored()).length;
    const body = JSON.stringify(snapshot({ livemode: true }));
    expect(await post('payments', body, sign(body, SECRETS.payments))).toBe(200);
    expect((await stored()).length).toBe(before);
  });

  it('store an event once, however often and however many at a time it comes', async () => {
    const before = (await stored()).length;
    const body = JSON.stringify(snapshot());
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('payments', body, sign(body, SECRETS.payments))),
    );
    expect(answers).toEqual(Array(8).fill(200));
    expect((await stored()).length).toBe(before + 1);
  });

  it('accept a new secret as soon as it is there, and the old one beside it', async () => {
    const body = JSON.stringify(snapshot());
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await app.get(Destinations).accept('payments', 'whsec_rolled');
    expect(await post('payments', body, sign(body, 'whsec_rolled'))).toBe(200);
    expect(await post('payments', body, sign(body, SECRETS.payments))).toBe(200);
  });
});

describe('a door’s secrets', () => {
  it('are read once for everybody who comes at the same time', async () => {
    let reads = 0;
    const secrets = new DoorSecrets(async () => {
      reads++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return ['whsec_1'];
    });
    const known = await Promise.all(Array.from({ length: 50 }, () => secrets.known()));
    expect(known.every((one) => one.length === 1)).toBe(true);
    expect(reads).toBe(1);
  });

  it('are not read again for every wrong signature', async () => {
    let reads = 0;
    const secrets = new DoorSecrets(() => Promise.resolve([`whsec_${++reads}`]));
    for (let i = 0; i < 20; i++) expect(await secrets.some(() => false)).toBe(false);
    expect(reads).toBe(1);
  });
});
