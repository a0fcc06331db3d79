import { Listings } from '#catalog';
import { Config } from '#platform';
import { createApp } from '../../apps/marketplace/src/create-app.js';
import { freePort } from '../../tools/free-port.js';
import { Browser } from '../support/browser-like.js';
import { offer, openShop } from '../support/story.js';
import { World } from '../support/world.js';
import { freshEmail, linkTo, mailsTo, newPerson, PASSWORD } from './people.js';

describe('a stranger', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());
  beforeEach(() => world.rows(`delete from identity.rate_limits`));

  /** How many addresses the web believes to have seen: each has a counter, beside the one of each e-mail. */
  async function addressesSeen(origin: string): Promise<number> {
    for (const spoofed of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
      await new Browser(origin).api(
        'POST',
        '/api/v1/password-resets',
        { email: 'ada@example.com' },
        { 'x-forwarded-for': `${spoofed}, 203.0.113.7, 10.0.0.2` },
      );
    const [row] = await world.rows<{ counters: number }>(
      `select count(*)::int as counters from identity.rate_limits`,
    );
    return row!.counters - 1;
  }

  /** The same marketplace as it is in public: behind a proxy, at an address with TLS. */
  async function inPublic(visit: (origin: string) => Promise<void>): Promise<void> {
    const port = await freePort();
    const app = await createApp(
      new Config({
        ...world.environment,
        PORT: String(port),
        PUBLIC_URL: 'https://shop.example',
        TRUST_PROXY: '1',
      }),
    );
    await app.listen(port, '127.0.0.1');
    try {
      await visit(`http://127.0.0.1:${port}`);
    } finally {
      await app.close();
    }
  }

  it('can’t write another address into X-Forwarded-For to try more often, proxy or not', async () => {
    expect(await addressesSeen(world.url)).toBe(1);
    await world.rows(`delete from identity.rate_limits`);
    await inPublic(async (origin) => expect(await addressesSeen(origin)).toBe(1));
  });

  it('can’t plant a session, a cart or a sign-up from a subdomain or an open network', async () => {
    const variantId = await offer(world, await openShop(world, 'Hive and Wick'), { price: 2500n });
    const { email } = await newPerson(world);
    const tls = { 'x-forwarded-proto': 'https' };
    await inPublic(async (origin) => {
      const send = (path: string, body: object, cookie = '') =>
        new Browser(origin).api('POST', path, body, { ...tls, cookie });
      const answers = [
        await send('/api/v1/session', { email, password: PASSWORD }),
        await send('/api/v1/sign-ups', { name: 'Eve', email: freshEmail(), password: PASSWORD }),
        await send('/api/v1/cart/items', { variantId }),
      ];
      const cookies = answers.flatMap(({ headers }) => headers.getSetCookie());
      expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
        '__Host-session',
        '__Host-sign-up',
        '__Host-cart',
      ]);
      for (const cookie of cookies)
        for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part);
      const planted = cookies[2]!.split(';')[0]!.replace('__Host-', '');
      const given = (await send('/api/v1/cart/items', { variantId }, planted)).headers.getSetCookie();
      expect(given[0]).toMatch(/^__Host-cart=/);
    });
  });

  it('can’t try promotion codes without end', async () => {
    const visitor = world.visitor();
    const guess = async () => {
      const { status, body } = await visitor.api<{ code: string }>('PUT', '/api/v1/cart/promotion', {
        promotionCode: 'NO-SUCH',
      });
      return [status, body.code];
    };
    for (let i = 0; i < 60; i++) expect((await guess())[0]).toBe(409);
    expect(await guess()).toEqual([429, 'too_many_attempts']);
    expect((await visitor.post('/checkout/promotion', { promotionCode: 'NO-SUCH' })).status).toBe(429);
  });

  it('can’t write an address in two ways to try twice as often', async () => {
    const visitor = world.visitor();
    for (const email of ['rené@example.com', 'rené@example.com'.normalize('NFD'), ' RENÉ@example.com '])
      await visitor.api('POST', '/api/v1/password-resets', { email });
    // One counter for the address it came from, one for the mailbox.
    expect(await world.rows(`select from identity.rate_limits`)).toHaveLength(2);
  });

  it('can’t make us send words of theirs to a mailbox that is not theirs', async () => {
    const words = 'You won! https://evil.example';
    const [victim, other] = [freshEmail(), freshEmail()];
    await world.visitor().submit('/sign-up', { name: words, email: victim, password: PASSWORD });
    const { browser, signIn } = await newPerson(world);
    await signIn();
    await browser.submit('/account/name', { name: words });
    await browser.submit('/account/email', { email: other, password: PASSWORD });
    for (const email of [victim, other]) {
      const mails = await mailsTo(world, email);
      expect(mails).toHaveLength(1);
      expect(mails[0]!.text).not.toContain('evil.example');
    }
  });

  it('who has a password can’t take the account away unnoticed', async () => {
    const { browser, signIn, email } = await newPerson(world);
    await signIn();
    await browser.post('/account/api-keys', { name: 'Mine', password: PASSWORD });
    const thiefs = freshEmail();
    await browser.submit('/account/email', { email: thiefs, password: PASSWORD });
    const link = await linkTo(world, thiefs);
    const [warning] = await mailsTo(world, email);
    expect(warning!.subject).toBe('Your e-mail is about to change');
    expect(warning!.text).not.toContain(thiefs);
    await world.visitor().submit('/forgot', { email });
    await world.visitor().submit(await linkTo(world, email), { password: 'tulip-anvil-harbour' });
    expect((await world.visitor().post(link)).status).toBe(410);
    expect((await mailsTo(world, email)).at(-1)!.text).toContain('API keys of your account go on working');
  });

  it('can’t make accounts at Stripe by the dozen', async () => {
    const { browser, signIn } = await newPerson(world);
    await signIn();
    const open = async (name: string) => {
      const shop = { name, country: 'DE', currency: 'eur', acceptTerms: true };
      return (await browser.api<{ code?: string }>('POST', '/api/v1/sellers', shop)).body.code;
    };
    const shops = Array.from({ length: 12 }, (_, i) => `Eve’s shop ${i}`);
    const codes = await Promise.all(shops.map(open));
    expect(codes.filter((code) => code === undefined)).toHaveLength(10);
    expect(codes.filter((code) => code === 'too_many_shops')).toHaveLength(2);
  });

  it('can’t break us by nesting', async () => {
    const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);
    for (const value of [deep('[', ']'), deep('{"a":', '').replace(/:$/, ':1') + '}'.repeat(50_000)]) {
      const body = `{"email": "ada@example.com", "password": ${value}}`;
      for (const path of ['/api/v1/session', '/sign-in', '/api/v1/cart/items', '/api/v1/checkout'])
        expect(
          (await world.visitor().send('POST', path, body, { 'content-type': 'application/json' })).status,
        ).toBe(422);
    }
  });

  it('can’t fill the memory with the fields of an upload', async () => {
    const shop = await openShop(world, 'Redfern Pottery', { onboarded: false });
    const { id, browser, signIn } = await newPerson(world);
    await world.rows(`insert into sellers.members (seller_id, user_id, role) values ($1, $2, 'staff')`, [
      shop.id,
      id,
    ]);
    await offer(world, shop, { price: 2500n });
    const [listing] = (await world.get(Listings).page(shop.owner, shop.id, {}, null, 1)).items;
    await signIn();
    const field = (name: string, value: string, more = '') =>
      `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const upload = async (fields: string[]) => {
      const path = `/api/v1/sellers/${shop.id}/listings/${listing!.id}/pictures`;
      const answer = await browser.send('POST', path, `${fields.join('')}--x--\r\n`, {
        'content-type': 'multipart/form-data; boundary=x',
      });
      return [answer.status, (JSON.parse(answer.text) as { code?: string }).code];
    };
    const picture = field('picture', 'GIF89a', '; filename="a.gif"');
    expect(await upload([picture, field('alt', 'A bowl')])).toEqual([422, 'picture_type']);
    for (const flood of [Array.from({ length: 20 }, (_, i) => field(`f${i}`, 'x')), [picture, picture]])
      expect(await upload([...flood, picture])).toEqual([422, 'picture_unreadable']);
  });

  it('is answered in our own words where nothing of ours was reached', async () => {
    const api = (path: string, body: string) =>
      world.visitor().send('POST', path, body, { 'content-type': 'application/json' });
    for (const [answer, status] of [
      [await api('/api/v1/session', '{'), 400],
      [await api('/api/v1/session', '{"__proto__": {"isAdmin": true}}'), 400],
      [await api('/api/v1/session', `"${'x'.repeat(1_100_000)}"`), 413],
      [await world.visitor().send('GET', '/api/v1/listings/%ff'), 400],
      [await world.visitor().send('GET', `/api/v1/listings/${'x'.repeat(300)}`), 414],
    ] as const) {
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(answer.text)).toMatchObject({ status, code: 'request_refused' });
    }
    const page = await world.visitor().send('GET', '/shop/%ff');
    expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(page.text).toContain('We did not understand this request');
  });

  it('finds no answer of ours in a cache', async () => {
    const { browser, signIn } = await newPerson(world);
    await signIn();
    for (const path of ['/account', '/api/v1/account', '/api/v1/orders', '/api/v1/nowhere', '/purchases'])
      expect((await browser.send('GET', path)).headers.get('cache-control')).toBe('no-store');
  });
});
