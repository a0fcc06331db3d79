import { seedDemo, DEMO_PASSWORD } from '../../apps/worker/src/demo-seed.js';
import { Sellers } from '#sellers';
import { Users } from '#identity';
import { Attempts } from '#stripe';
import type { Browser } from '../support/browser-like.js';
import { World } from '../support/world.js';

let world: World;
let june: Browser;
let desk: string;

beforeAll(async () => {
  world = await World.start();
  await seedDemo(world.worker);
  june = await signedIn('june@redfern.example');
  desk = `/seller/${await shopOf('june@redfern.example')}/listings`;
}, 120_000);

afterAll(() => world.stop());

async function signedIn(email: string): Promise<Browser> {
  const visitor = world.visitor();
  await visitor.submit('/sign-in', { email, password: DEMO_PASSWORD });
  return visitor;
}

async function shopOf(email: string): Promise<string> {
  const owner = await world.get(Users).byEmail(email);
  const [shop] = await world.get(Sellers).membershipsOf(owner!.id);
  return shop!.sellerId;
}

const mug = {
  do: 'save',
  title: 'Periwinkle mug',
  description: 'Holds ten ounces.',
  category: 'ceramics',
  shipping: '5.00',
  'variants.0.name': 'Small',
  'variants.0.sku': 'PW-S',
  'variants.0.price': '24.00',
  'variants.0.stock': '2',
};

/** One transparent pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(path: string, bytes: Buffer, alt: string) {
  const form = new FormData();
  form.set('picture', new Blob([new Uint8Array(bytes)]), 'picture.png');
  form.set('alt', alt);
  const encoded = new Response(form);
  return june.send('POST', path, new Uint8Array(await encoded.arrayBuffer()), {
    'content-type': encoded.headers.get('content-type')!,
  });
}

describe('the catalogue', () => {
  it('is filled by the demo’s seed, once', async () => {
    const before = await world.rows(`select id from catalog.listings`);
    await seedDemo(world.worker);
    expect(await world.rows(`select id from catalog.listings`)).toHaveLength(before.length);
    const home = await world.visitor().open('/');
    expect(home.text).toContain('Redfern Pottery');
    expect(home.text).not.toContain('Hive &amp; Wick');
  });

  it('takes a seller from a mistyped form to a listing that buyers find', async () => {
    const wrong = await june.post(desk, {
      ...mug,
      title: '',
      'variants.0.price': '24.005',
      'variants.0.stock': 'two',
    });
    expect(wrong.status).toBe(422);
    for (const message of ['Give the listing a title.', 'Enter an amount in USD', 'Enter how many you have'])
      expect(wrong.text).toContain(message);
    expect(wrong.text).toContain('value="24.005"');

    const grown = await june.post(desk, { ...mug, do: 'add-variant' });
    expect(grown.status).toBe(200);
    expect(grown.text).toContain('name="variants.1.price"');

    const draft = await june.submit(desk, mug);
    expect(draft.path).toMatch(/\/listings\/lst_\w+$/);
    const visitor = world.visitor();
    expect((await visitor.open('/search?q=periwinkle')).text).toContain('Nothing matches');

    expect((await upload(`${draft.path}/pictures`, pixel, 'A mug in pale blue')).status).toBe(303);
    await june.submit(`${draft.path}/publish`);
    const found = (await visitor.open('/search?q=periwink')).text;
    const address = /href="(\/listing\/lst_\w+-periwinkle-mug)"/.exec(found)?.[1];
    const page = (await visitor.open(address!)).text;
    for (const words of ['$24.00', 'Only 2 left', 'A mug in pale blue', '$5.00'])
      expect(page).toContain(words);
    const picture = await visitor.open(/\/files\/fil_\w+/.exec(page)![0]);
    expect(picture.headers.get('cache-control')).toContain('immutable');
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');

    await june.submit(`${draft.path}/archive`);
    expect((await visitor.open(address!)).status).toBe(404);
  });

  it('refuses what is no picture, is too large, or has no words', async () => {
    const draft = await june.submit(desk, { ...mug, title: 'For pictures' });
    const path = `${draft.path}/pictures`;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const [bytes, alt, words] of [
      [svg, 'A drawing', 'Choose a picture in JPEG'],
      [Buffer.alloc(6_000_000), 'Too large', 'at most 5 MB'],
      [pixel, ' ', 'Say what the picture shows'],
    ] as const) {
      const answer = await upload(path, bytes, alt);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(words);
    }
  });

  it('keeps what was typed about a picture that is refused', async () => {
    const draft = await june.submit(desk, { ...mug, title: 'For refused pictures' });
    // What a phone takes is often too large: the words come behind it in the form.
    for (const bytes of [
      Buffer.from('no picture'),
      Buffer.alloc(12_000_000),
      Buffer.alloc(5_242_881, pixel),
    ]) {
      const answer = await upload(`${draft.path}/pictures`, bytes, 'A mug at noon');
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('value="A mug at noon"');
    }
    expect((await upload(`${draft.path}/pictures`, Buffer.alloc(31_000_000), 'Huge')).status).toBe(422);
  });

  it('shows a seller’s desk and listings to that seller’s people only', async () => {
    const haruka = await signedIn('haruka@asagiri.example');
    const [{ id } = { id: '' }] = await world.rows<{ id: string }>(
      `select id from catalog.listings where seller_id = $1 limit 1`,
      [desk.split('/')[2]],
    );
    const theirs = `/seller/${await shopOf('haruka@asagiri.example')}/listings/${id}`;
    for (const path of [desk, `${desk}/new`, `${desk}/${id}`, theirs])
      expect((await haruka.open(path)).status).toBe(404);
    expect((await haruka.post(`${theirs}/archive`)).status).toBe(404);
    expect((await haruka.api('PUT', `/api/v1${desk.replace('/seller', '/sellers')}/${id}`, {})).status).toBe(
      404,
    );
  });

  it('says the same as JSON', async () => {
    const path = `/api/v1${desk.replace('/seller', '/sellers')}`;
    const money = (amount: number) => ({ amount, currency: 'usd' });
    const body = {
      title: 'Quince dish',
      description: '',
      category: 'ceramics',
      shipping: money(0),
      variants: [{ name: '', price: money(1900), stock: 1 }],
    };
    const headers = { 'idempotency-key': 'one-dish' };
    const [first, again] = [
      await june.api<{ id: string }>('POST', path, body, headers),
      await june.api<{ id: string }>('POST', path, body, headers),
    ];
    expect([first.status, again.body.id]).toEqual([201, first.body.id]);
    await june.api('POST', `${path}/${first.body.id}/publish`);
    const visitor = world.visitor();
    const found = await visitor.api<{ items: unknown[] }>('GET', '/api/v1/listings?q=quince');
    expect(found.body.items).toMatchObject([{ id: first.body.id, price: { amount: 1900, currency: 'usd' } }]);
    for (const wrong of [
      {},
      { ...body, extra: 1 },
      { ...body, variants: [null] },
      { ...body, shipping: null },
    ]) {
      const answer = await june.api<{ code: string; errors: object }>('POST', path, wrong);
      expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
    }
  });

  it('a shop that is asked for again with the same key, since the first answer was lost, is the same shop', async () => {
    const attempts = world.web.get(Attempts, { strict: false });
    const perform = attempts.perform.bind(attempts);
    attempts.perform = () => Promise.reject(new Error('the process dies between the commit and the answer'));
    const shop = { name: 'Lost Answers', country: 'US', currency: 'usd', acceptTerms: true };
    const ask = () =>
      june.api<{ name: string; stripeAccount: string }>('POST', '/api/v1/sellers', shop, {
        'idempotency-key': 'one-shop',
      });
    expect((await ask()).status).toBe(500);
    attempts.perform = perform;
    const again = await ask();
    expect(again).toMatchObject({ status: 201, body: { name: 'Lost Answers' } });
    expect(again.body.stripeAccount).toMatch(/^acct_/);
  });
});
