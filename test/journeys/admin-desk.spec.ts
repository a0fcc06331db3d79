import { DEMO_PASSWORD, seedDemo } from '../../apps/worker/src/demo-seed.js';
import { newPerson } from '../security/people.js';
import type { Browser } from '../support/browser-like.js';
import { World } from '../support/world.js';

describe('the admin desk', () => {
  let world: World;
  let admin: Browser;
  beforeAll(async () => {
    world = await World.start();
    await seedDemo(world.worker);
    const boss = await newPerson(world, { admin: true });
    await boss.signIn();
    admin = boss.browser;
    await world.settle();
  }, 120_000);
  afterAll(() => world.stop());

  const pages = [
    '/admin', '/admin/orders', '/admin/orders/attention', '/admin/refunds', '/admin/refunds?queue=failed',
    '/admin/refunds/debts', '/admin/fees', '/admin/fees/new', '/admin/fees/earned', '/admin/promotions',
    '/admin/promotions/new', '/admin/events',
  ]; // prettier-ignore
  const files = ['orders', 'refunds', 'refunds/debts', 'fees', 'fees/earned', 'promotions', 'events'];

  it('has a page for each thing, also when there is nothing yet, and opens none to anybody else', async () => {
    const stranger = world.visitor();
    await stranger.submit('/sign-in', { email: 'june@redfern.example', password: DEMO_PASSWORD });
    for (const page of pages) {
      expect([page, (await admin.open(page)).status]).toEqual([page, 200]);
      expect([page, (await stranger.open(page)).status]).toEqual([page, 403]);
    }
    for (const file of files) {
      const csv = await admin.open(`/admin/${file}.csv`);
      expect([file, csv.status, csv.headers.get('content-type')]).toEqual([
        file,
        200,
        'text/csv; charset=utf-8',
      ]);
      expect((await stranger.open(`/admin/${file}.csv`)).status).toBe(403);
    }
  });

  it('finds what belongs to a shop by its name, a part of it, or from the shop’s own page', async () => {
    const [redfern] = await world.rows<{ id: string }>(
      `select id from sellers.sellers where name = 'Redfern Pottery'`,
    );
    const twin = await newPerson(world);
    await twin.signIn();
    for (const name of ['Redfern Prints', 'Redfern'])
      await twin.browser.api('POST', '/api/v1/sellers', {
        name, country: 'DE', currency: 'eur', acceptTerms: true,
      }); // prettier-ignore
    const shopPage = (await admin.open(`/admin/sellers/${redfern!.id}`)).text;
    for (const list of ['orders', 'payouts', 'refunds', 'refunds/debts', 'fees/earned']) {
      expect(shopPage).toContain(`href="/admin/${list}?seller=${redfern!.id}"`);
      const ask = async (seller: string) =>
        (await admin.open(`/admin/${list}?seller=${encodeURIComponent(seller)}`)).text;
      for (const words of [redfern!.id, 'redfern pottery', 'Pottery'])
        expect(await ask(words)).toContain('value="Redfern Pottery"');
      // A shop whose whole name it is counts before those that only begin with it.
      expect(await ask('redfern')).not.toContain('Which shop is');
      const several = await ask('red');
      expect(several).toContain('Which shop is “red”?');
      expect(several).toContain(`href="/admin/${list}?seller=${redfern!.id}">Redfern Pottery</a>`);
      expect(await ask('Nobody’s')).toContain('No shop is called “Nobody’s”');
    }
  });

  it('previews a new fee on an example, then saves it from a date on, and the log says who', async () => {
    const rule = {
      currency: 'usd',
      percent: '7.25',
      fixed: '0.10',
      validFrom: '2099-01-01',
      note: 'Spring offer',
      example: '100',
    };
    const preview = await admin.post('/admin/fees/new', { ...rule, do: 'preview' });
    expect(preview.status).toBe(200);
    for (const words of ['$10.30', '$7.35', '$92.65', 'Spring offer']) expect(preview.text).toContain(words);
    const saved = await admin.submit('/admin/fees/new', { ...rule, do: 'save' });
    expect(saved.text).toContain('Upcoming');
    expect(saved.text).toContain('7.25 % + $0.10');
    expect(saved.text).toContain('Ada Maker');
    expect((await admin.open('/admin/audit?action=fee_rule.created')).text).toContain('Spring offer');
  });

  it('says beside each field of a fee what to mend', async () => {
    const bad = {
      currency: 'usd',
      percent: '101',
      fixed: '0.001',
      validFrom: '2020-01-01',
      note: 'kept words',
      do: 'save',
    };
    const answer = await admin.post('/admin/fees/new', bad);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('kept words');
    expect(answer.text).toContain('Enter an amount in USD');
    expect((await admin.post('/admin/fees/new', { ...bad, fixed: '0.10' })).text).toContain('from 0 to 100');
    expect((await admin.open('/admin/fees/earned?from=2026-02-31')).status).toBe(422);
    expect((await admin.open('/admin/orders?status=lost')).status).toBe(422);
  });

  it('makes a code and ends it', async () => {
    const made = await admin.submit('/admin/promotions/new', { code: 'spring-10', percent: '10' });
    expect(made.text).toContain('SPRING-10');
    const again = await admin.post('/admin/promotions/new', { code: 'SPRING-10', percent: '10' });
    expect(again.status).toBe(422);
    const [, id] = /\/admin\/promotions\/(prm_\w+)\/end/.exec(made.text)!;
    expect((await admin.submit(`/admin/promotions/${id}/end`)).text).toContain('Ended');
  });

  it('shows a dead letter with its reason and payload, and has it worked off once more', async () => {
    await world.rows(
      `update stripe.inbox_events set state = 'dead', last_error = 'It broke' where id = (select max(id) from stripe.inbox_events)`,
    );
    const list = await admin.open('/admin/events?state=dead');
    expect(list.text).toContain('It broke');
    expect((await admin.open('/admin')).text).toContain('could not be worked off');
    const [, id] = /\/admin\/events\/(evt_\w+)/.exec(list.text)!;
    expect((await admin.open(`/admin/events/${id}`)).text).toContain('&quot;object&quot;: &quot;');
    await admin.submit(`/admin/events/${id}/replay`);
    await world.settle();
    expect((await admin.api<{ state: string }>('GET', `/api/v1/admin/events/${id}`)).body.state).toBe('done');
    expect((await admin.open('/admin/audit?action=event.replayed')).text).toContain(id!);
    expect((await admin.submit('/admin/events/replay-dead')).text).toContain('0 events');
  });
});
