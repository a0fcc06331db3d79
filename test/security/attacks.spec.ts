import { World } from '../support/world.js';
import { freshEmail, linkTo, mailsTo, newPerson, PASSWORD, sessionIn } from './people.js';

describe('an attacker', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());
  // One test must not use up another's tries: they all come from one address.
  beforeEach(() => world.rows(`delete from identity.rate_limits`));

  /** An answer without what must differ: the address itself, and random values. */
  const shape = (answer: { status: number; text: string; path: string }, email: string) => ({
    status: answer.status,
    path: answer.path,
    text: answer.text.replaceAll(email, '…'),
  });

  it('learns by no answer who has an account', async () => {
    const known = (await newPerson(world)).email;
    const unknown = freshEmail();
    const ask = async (email: string) => {
      const visitor = world.visitor();
      return [
        await visitor.submit('/sign-in', { email, password: 'not-the-password' }),
        await visitor.submit('/forgot', { email }),
        await visitor.submit('/sign-up', { name: 'Eve', email, password: PASSWORD }),
        // After a sign-up the chosen password must not work for either.
        await visitor.submit('/sign-in', { email, password: 'another-good-word' }),
      ].map((answer) => shape(answer, email));
    };
    expect(await ask(known)).toEqual(await ask(unknown));
    expect((await mailsTo(world, known)).map((mail) => mail.subject).sort()).toEqual([
      'Choose a new password',
      'You have an account already',
    ]);
    expect((await mailsTo(world, unknown)).map((mail) => mail.subject)).toEqual(['Confirm your e-mail']);
  });

  it('learns nothing by the time an answer takes', async () => {
    const known = (await newPerson(world)).email;
    const visitor = world.visitor();
    const median = async (email: () => string) => {
      const times: number[] = [];
      for (let i = 0; i < 9; i++) {
        await world.rows(`delete from identity.rate_limits`);
        const begun = performance.now();
        await visitor.api('POST', '/api/v1/session', { email: email(), password: 'not-the-password' });
        times.push(performance.now() - begun);
      }
      return times.sort((a, b) => a - b)[4]!;
    };
    await median(freshEmail);
    const ratio = (await median(() => known)) / (await median(freshEmail));
    // A missing hash would make it ten times as fast.
    expect(ratio).toBeGreaterThan(1 / 3);
    expect(ratio).toBeLessThan(3);
  });

  it('can’t use a link twice, for another purpose, or when it has run out', async () => {
    const { email } = await newPerson(world);
    await world.visitor().submit('/forgot', { email });
    const link = await linkTo(world, email);
    const token = link.split('/').at(-1)!;
    expect((await world.visitor().post(`/confirm/${token}`)).status).toBe(409);
    expect((await world.visitor().post(link, { password: 'tulip-anvil-harbour' })).status).toBe(303);
    expect((await world.visitor().post(link, { password: 'other-anvil-harbour' })).status).toBe(410);
    const again = await world.visitor().api<{ code: string }>('PUT', '/api/v1/password-resets', {
      token,
      password: 'other-anvil-harbour',
    });
    expect(again.body.code).toBe('link_invalid');
    await world.visitor().submit('/forgot', { email });
    const late = await linkTo(world, email);
    await world.rows(`update identity.mail_links set expires_at = now() - interval '1 second'`);
    expect((await world.visitor().open(late)).text).toContain('This link no longer works');
  });

  it('can’t use one link from two places at once', async () => {
    const email = freshEmail();
    await world.visitor().submit('/sign-up', { name: 'Grace', email, password: PASSWORD });
    const link = await linkTo(world, email);
    const answers = await Promise.all([1, 2, 3, 4].map(() => world.visitor().post(link)));
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
    expect(await world.rows(`select 1 from identity.users where email = $1`, [email])).toHaveLength(1);
  });

  it('finds no secret in the database', async () => {
    const { browser, email } = await newPerson(world);
    const cookie = sessionIn(await browser.post('/sign-in', { email, password: PASSWORD }));
    const made = await browser.api<{ secret: string }>('POST', '/api/v1/account/api-keys', {
      name: 'Import',
      password: PASSWORD,
    });
    await browser.submit('/forgot', { email });
    const token = (await linkTo(world, email)).split('/').at(-1)!;
    const [{ dump }] = (await world.rows<{ dump: string }>(
      `select concat((select string_agg(s::text, '') from identity.sessions s),
                     (select string_agg(k::text, '') from identity.api_keys k),
                     (select string_agg(l::text, '') from identity.mail_links l),
                     (select string_agg(u::text, '') from identity.users u)) as dump`,
    )) as [{ dump: string }];
    for (const secret of [cookie, made.body.secret, token, PASSWORD]) expect(dump).not.toContain(secret);
  });

  it('gains nothing by planting a session before the victim signs in', async () => {
    const [attacker, victim] = [await newPerson(world), await newPerson(world)];
    const signIn = ({ email }: { email: string }, planted: string) =>
      world
        .visitor()
        .send('POST', '/sign-in', new URLSearchParams({ email, password: PASSWORD }).toString(), {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: `session=${planted}`,
        });
    const whoHas = (session: string) =>
      world.visitor().api('GET', '/api/v1/session', undefined, { cookie: `session=${session}` });
    const own = sessionIn(await signIn(attacker, ''));
    expect((await whoHas(own)).status).toBe(200);
    for (const planted of [own, 'a'.repeat(32)]) {
      const given = sessionIn(await signIn(victim, planted));
      expect(given).not.toBe(planted);
      expect((await whoHas(given)).body).toMatchObject({ user: { email: victim.email } });
      expect((await whoHas(planted)).status).toBe(401);
    }
  });

  it.each([
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a form of a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }],
    ['an old browser on another site', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ])('can’t act through %s', async (_, headers) => {
    const { browser, signIn, session } = await newPerson(world);
    await signIn();
    const refused = await browser.api<{ code: string }>('DELETE', '/api/v1/session', undefined, headers);
    expect([refused.status, refused.body.code]).toEqual([403, 'cross_site_request']);
    expect((await browser.send('POST', '/sign-out', '', headers)).status).toBe(403);
    expect((await session()).status).toBe(200);
  });

  it('gets cookies that scripts and other sites don’t get', async () => {
    const { browser, email } = await newPerson(world);
    expect((await world.visitor().open('/sign-in')).headers.getSetCookie()).toEqual([]);
    const answer = await browser.post('/sign-in', { email, password: PASSWORD });
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='));
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
  });

  it('guesses ten passwords for an address and then waits, and the owner is let in afterwards', async () => {
    const { email, signIn, browser } = await newPerson(world);
    const guess = () =>
      world
        .visitor()
        .api<{ code: string }>('POST', '/api/v1/session', { email, password: 'not-the-password' });
    for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(401);
    const stopped = await guess();
    expect([stopped.status, stopped.body.code]).toEqual([429, 'too_many_attempts']);
    expect(stopped.headers.get('retry-after')).toBe('60');
    expect((await signIn()).text).toContain('Please try again in 15 minutes.');
    await world.rows(`update identity.rate_limits set window_ends = now() - interval '1 second'`);
    await signIn();
    expect((await browser.api('GET', '/api/v1/session')).status).toBe(200);
  });

  it('can’t flood a mailbox', async () => {
    const email = freshEmail();
    const ask = () => world.visitor().api('POST', '/api/v1/password-resets', { email });
    for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(202);
    expect((await ask()).status).toBe(429);
  });

  it('is told nothing about the admin desk', async () => {
    const { browser, signIn } = await newPerson(world);
    expect((await world.visitor().api('GET', '/api/v1/admin/audit')).status).toBe(401);
    await signIn();
    expect((await browser.api('GET', '/api/v1/admin/audit')).status).toBe(403);
    expect((await browser.open('/admin/audit.csv')).status).toBe(403);
    expect((await browser.post('/admin/audit/verify')).status).toBe(403);
  });
});
