import { Audit } from '#audit';
import { systemActor } from '#kernel';
import { Transactions } from '#platform';
import { World } from '../support/world.js';
import { newPerson } from './people.js';

describe('the audit log', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start();
  });
  afterEach(() => world?.stop());

  const write = (count: number, more = {}) =>
    world.get(Transactions).run(async () => {
      for (let i = 1; i <= count; i++)
        await world.get(Audit).write({
          actor: systemActor('test'),
          action: 'fee_rule.created',
          subject: `fee_${i}`,
          after: { amount: 10n },
          ...more,
        });
    });

  /** As somebody would who owns the database. */
  const tamper = async (sql: string) => {
    await world.rows(`alter table audit.entries disable trigger user`);
    await world.rows(sql);
    await world.rows(`alter table audit.entries enable trigger user`);
  };

  const admin = async () => {
    const person = await newPerson(world, { admin: true });
    await person.signIn();
    return person.browser;
  };

  it('is newest first beyond its ninth entry, page by page and within days', async () => {
    await write(12);
    const audit = world.get(Audit);
    const subjects = async (filter: Parameters<Audit['page']>[0]) => {
      const page = await audit.page({ action: 'fee_rule.created', ...filter });
      return { next: page.next, numbers: page.items.map(({ subject }) => Number(subject.slice(4))) };
    };
    const first = await subjects({ limit: 5 });
    expect(first.numbers).toEqual([12, 11, 10, 9, 8]);
    expect((await subjects({ limit: 5, cursor: first.next! })).numbers).toEqual([7, 6, 5, 4, 3]);
    const from = new Date(Date.now() - 3_600_000);
    const until = new Date(Date.now() + 3_600_000);
    expect((await subjects({ from, until })).numbers).toHaveLength(12);
    expect((await subjects({ until: from })).numbers).toEqual([]);
    expect((await subjects({ from: until })).numbers).toEqual([]);
  });

  it('refuses to be changed, emptied or sealed anew', async () => {
    await write(2);
    await world.run('audit.seal');
    for (const sql of [
      `update audit.entries set reason = 'another'`,
      `update audit.entries set hash = '\\x00'`,
      `delete from audit.entries`,
      `truncate audit.entries`,
    ])
      await expect(world.rows(sql)).rejects.toThrow('append-only');
  });

  it.each([
    [
      'changed',
      `update audit.entries set after = '{"amount":"1"}' where position = 2`,
      'Entry 2 was changed after it was sealed.',
    ],
    ['removed', `delete from audit.entries where position = 2`, 'Entry 2 was removed.'],
    ['cut off', `delete from audit.entries where position >= 3`, 'Entries 3 to 4 were removed.'],
  ])('names the first entry that was %s', async (_, sql, words) => {
    await write(3);
    const browser = await admin(); // Granting it is the fourth entry.
    await world.run('audit.seal');
    expect((await browser.submit('/admin/audit/verify')).text).toContain(
      'Checked 4 entries: nothing was changed.',
    );
    await tamper(sql);
    await world.run('audit.verify');
    const page = await browser.open('/admin/audit');
    expect(page.text).toContain('This log was tampered with');
    expect(page.text).toContain(words);
  });

  it('is written with the act or not at all', async () => {
    const failed = world.get(Transactions).run(async () => {
      await world.get(Audit).write({ actor: systemActor('test'), action: 'a.b', subject: 'x' });
      throw new Error('the act fails');
    });
    await expect(failed).rejects.toThrow('the act fails');
    expect(await world.rows(`select 1 from audit.entries`)).toEqual([]);
  });

  it('seals late commits without gaps, and two sealing jobs at once as one', async () => {
    await write(5);
    await Promise.all([world.run('audit.seal'), world.run('audit.seal')]);
    await write(1200);
    await world.run('audit.seal');
    const browser = await admin();
    expect((await browser.submit('/admin/audit/verify')).text).toContain(
      'Checked 1205 entries: nothing was changed.',
    );
  });

  it('is filtered, paged and downloaded by admins', async () => {
    await write(60);
    await write(1, { action: 'seller.suspended', subject: 'sel_1', reason: '=cmd()' });
    const browser = await admin();
    const first = await browser.open('/admin/audit');
    expect(first.text).toContain('Suspended a shop');
    const [, next] = /href="([^"]+cursor=[^"]+)" rel="next"|rel="next"[^>]*href="([^"]+)"/
      .exec(first.text)!
      .filter(Boolean);
    expect((await browser.open(next!.replaceAll('&amp;', '&'))).text).toContain('fee_1');
    const filtered = await browser.open(
      '/admin/audit?action=seller.suspended&actor=&subject=sel_1&from=2020-01-01&to=2100-01-01',
    );
    expect(filtered.text).toContain('sel_1');
    expect(filtered.text).not.toContain('fee_6');
    expect((await browser.open('/admin/audit?from=2026-02-31')).status).toBe(422);
    expect((await browser.api('GET', '/api/v1/admin/audit?action=seller.suspended')).body).toMatchObject({
      items: [{ action: 'seller.suspended', subject: 'sel_1', actor: 'The program (test)' }],
      next: null,
    });
    const csv = await browser.open('/admin/audit.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text.trim().split('\n')).toHaveLength(63);
    // A spreadsheet must not run what somebody wrote as a reason.
    expect(csv.text).toContain(",'=cmd()");
  });
});
