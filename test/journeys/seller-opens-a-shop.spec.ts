import { Sellers } from '#sellers';
import { newPerson } from '../security/people.js';
import type { Answer, Browser } from '../support/browser-like.js';
import { World } from '../support/world.js';

interface ApiSeller {
  id: string;
  stage: string;
  canSell: boolean;
  stripeAccount: string;
}

describe('a seller opens a shop', () => {
  let world: World;
  let maker: Browser;
  let admin: Browser;
  let shops = 0;
  beforeAll(async () => {
    world = await World.start();
    const person = await newPerson(world);
    await person.signIn();
    maker = person.browser;
    const boss = await newPerson(world, { admin: true });
    await boss.signIn();
    admin = boss.browser;
  });
  afterAll(() => world.stop());

  const form = (more: object = {}) => ({
    name: `Shop number ${++shops}`,
    country: 'DE',
    currency: 'eur',
    description: '',
    acceptTerms: 'yes',
    ...more,
  });
  const idIn = (answer: Answer) => /^\/seller\/(sel_\w+)/.exec(answer.path)![1]!;
  const account = async (id: string) => (await world.get(Sellers).byId(id)).stripeAccount!;
  const stripeSays = async (id: string, what: string, body: object = {}) =>
    world.control(`accounts/${await account(id)}/${what}`, body);
  const openShop = async (more: object = {}) => {
    const id = idIn(await maker.submit('/sell', form(more)));
    await stripeSays(id, 'complete_onboarding');
    await world.settle();
    return id;
  };

  it('asks whoever wants to sell to sign in first', async () => {
    expect((await world.visitor().open('/sell')).path).toBe('/sign-in?next=%2Fsell');
  });

  it('offers the countries that Stripe pays from the marketplace’s own', async () => {
    const { text: html } = await maker.open('/sell');
    for (const name of ['Canada', 'France', 'Switzerland', 'United Kingdom'])
      expect(html).toContain(`>${name}</option>`);
    for (const name of ['Australia', 'Brazil', 'Japan']) expect(html).not.toContain(`>${name}</option>`);
  });

  it('says beside each field what to mend, and keeps what was typed', async () => {
    const answer = await maker.submit('/sell', form({ name: 'x', country: 'XX', description: 'kept words' }));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Give your shop a name of 2 to 60 characters.');
    expect(answer.text).toContain('Choose a country from the list.');
    expect(answer.text).toContain('kept words');
    const elsewhere = await maker.submit('/sell', form({ country: 'JP' }));
    expect(elsewhere.status).toBe(422);
    expect(elsewhere.text).toContain('Stripe does not pay shops in Japan from here');
    const unaccepted: Record<string, string> = form({ country: '' });
    delete unaccepted['acceptTerms'];
    const both = await maker.submit('/sell', unaccepted);
    expect(both.text).toContain('Choose a country from the list.');
    expect(both.text).toContain('Accept the seller terms');
  });

  it('goes from the form to Stripe’s page and back to a desk that says what is missing', async () => {
    const desk = await maker.submit('/sell', form({ name: 'Ada’s Clay' }));
    const id = idIn(desk);
    expect(desk.text).toContain('Not open yet');
    expect(desk.text).toContain('A bank account for your payouts');
    const toStripe = await maker.post(`/seller/${id}/stripe`);
    expect(toStripe.status).toBe(303);
    expect(toStripe.headers.get('location')).toContain(`${world.emulator.url}/setup/`);
    const back = await maker.open(`/seller/${id}/stripe/return`);
    expect(back.text).toContain('Stripe still needs something');
    const again = await maker.post(`/seller/${id}/stripe`);
    expect(again.headers.get('location')).not.toBe(toStripe.headers.get('location'));
    const renewed = await maker.send('GET', `/seller/${id}/stripe/refresh`);
    expect(renewed.headers.get('location')).toContain('/setup/');
  });

  it('is open once Stripe knows enough, by the event alone', async () => {
    const id = await openShop();
    const desk = await maker.open(`/seller/${id}`);
    expect(desk.text).toContain('Your shop is open');
    expect(desk.text).toContain('Add a listing');
    expect((await maker.open(`/seller/${id}/stripe/return`)).text).toContain(
      'Stripe has everything it asked for',
    );
    const dashboard = await maker.post(`/seller/${id}/stripe/dashboard`);
    expect(dashboard.status).toBe(303);
    expect(dashboard.headers.get('location')).toContain(world.emulator.url);
  });

  it('tells a requirement as its consequence, with the day', async () => {
    const id = await openShop();
    await stripeSays(id, 'requirement', { deadline_in_seconds: 864_000 });
    await world.settle();
    const desk = await maker.open(`/seller/${id}`);
    expect(desk.text).toContain('Open, needs attention');
    expect(desk.text).toContain('A photo of your identity document');
    expect(desk.text).toMatch(/Without it your shop closes and payouts stop after \d+ \w+ \d{4}\./);
  });

  it('changes its name and description, and keeps its address', async () => {
    const id = await openShop({ name: 'Old Name' });
    await maker.submit(`/seller/${id}/settings`, { name: 'New Name', description: 'Cups.' });
    const settings = await maker.open(`/seller/${id}/settings`);
    expect(settings.text).toContain('value="New Name"');
    expect(settings.text).toContain('/shop/old-name');
    expect((await maker.submit(`/seller/${id}/settings`, { name: '', description: 'kept' })).status).toBe(
      422,
    );
  });

  it('shows its desk to nobody else', async () => {
    const id = await openShop();
    const stranger = await newPerson(world);
    await stranger.signIn();
    for (const path of ['', '/settings', '/standing', '/stripe/return', '/stripe/refresh'])
      expect((await stranger.browser.open(`/seller/${id}${path}`)).status).toBe(404);
    for (const path of ['/stripe', '/stripe/dashboard', '/settings'])
      expect((await stranger.browser.post(`/seller/${id}${path}`)).status).toBe(404);
    expect((await stranger.browser.api('GET', `/api/v1/sellers/${id}`)).status).toBe(404);
    expect((await stranger.browser.open('/admin/sellers')).status).toBe(403);
    expect((await stranger.browser.post(`/admin/sellers/${id}/suspend`, { reason: 'spite' })).status).toBe(
      403,
    );
  });

  it('does the same by API, which refuses what it does not know', async () => {
    const body = { name: 'Api Shop', country: 'US', currency: 'usd', acceptTerms: true };
    const made = await maker.api<ApiSeller>('POST', '/api/v1/sellers', body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ stage: 'onboarding', canSell: false });
    const taken = await maker.api('POST', '/api/v1/sellers', body);
    expect(taken).toMatchObject({
      status: 422,
      body: { code: 'shop_name_taken', errors: { name: expect.any(String) as string } },
    });
    expect((await maker.api('POST', '/api/v1/sellers', { ...body, surprise: 1 })).status).toBe(422);
    const link = await maker.api<{ url: string }>('POST', `/api/v1/sellers/${made.body.id}/onboarding-links`);
    expect(link.body.url).toContain('/setup/');
    await stripeSays(made.body.id, 'complete_onboarding');
    const asked = await maker.api<ApiSeller>('POST', `/api/v1/sellers/${made.body.id}/refresh`);
    expect(asked.body).toMatchObject({ stage: 'open', canSell: true });
  });

  it('an admin finds it, suspends it with a reason, and opens it again', async () => {
    const id = await openShop({ name: 'Wobbly Wares' });
    const list = await admin.open('/admin/sellers?search=wobbly');
    expect(list.text).toContain('Wobbly Wares');
    expect((await admin.open('/admin/sellers?search=nothing-like-it')).text).toContain('No seller matches');
    expect((await admin.submit(`/admin/sellers/${id}/suspend`, { reason: '' })).text).toContain(
      'Give a reason',
    );
    const suspended = await admin.submit(`/admin/sellers/${id}/suspend`, {
      reason: 'Copies of others’ work',
    });
    expect(suspended.text).toContain('Copies of others’ work');
    expect((await maker.open(`/seller/${id}`)).text).toContain('Copies of others’ work');
    expect((await maker.api<ApiSeller>('GET', `/api/v1/sellers/${id}`)).body.canSell).toBe(false);
    const twice = await admin.submit(`/admin/sellers/${id}/suspend`, { reason: 'Once more' });
    expect(twice.text).toContain('suspended already');
    await admin.submit(`/admin/sellers/${id}/unsuspend`, { reason: 'They were originals' });
    expect((await maker.api<ApiSeller>('GET', `/api/v1/sellers/${id}`)).body.stage).toBe('open');
    const notes = await world.rows<{ action: string }>(
      `select action from audit.entries where subject = $1 and action like 'seller.%suspended' order by id`,
      [id],
    );
    expect(notes.map(({ action }) => action)).toEqual(['seller.suspended', 'seller.unsuspended']);
  });

  it('an admin brings it up to date by hand where an event was lost', async () => {
    const id = await openShop();
    await world.settle();
    await stripeSays(id, 'restrict');
    expect((await admin.submit(`/admin/sellers/${id}/refresh`)).text).toContain('Stripe was asked');
    expect((await maker.open(`/seller/${id}`)).text).toContain('Closed by Stripe');
    await world.settle();
  });

  it('the list is a file too, in which no name runs as a formula', async () => {
    await maker.submit('/sell', form({ name: '=cmd|calc' }));
    const csv = await admin.open('/admin/sellers.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text.split('\n')[0]).toContain('stripe_account');
    expect(csv.text).toContain("'=cmd|calc");
  });

  it('ends with its account, and begins anew with another', async () => {
    const id = await openShop({ name: 'Phoenix' });
    const first = await account(id);
    await world.stripe.v2.core.accounts.close(first);
    await world.settle();
    const desk = await maker.open(`/seller/${id}`);
    expect(desk.text).toContain('Connect a new Stripe account');
    await maker.post(`/seller/${id}/stripe`);
    expect(await account(id)).not.toBe(first);
  });
});
