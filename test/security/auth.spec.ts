import { World } from '../support/world.js';
import { freshEmail, linkTo, mailsTo, newPerson, PASSWORD } from './people.js';

describe('an account', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());
  // One test must not use up another's tries: they all come from one address.
  beforeEach(() => world.rows(`delete from identity.rate_limits`));

  const signUp = (browser = world.visitor(), email = freshEmail(), more = {}) =>
    browser.submit('/sign-up', { name: 'Grace', email, password: PASSWORD, ...more });

  it('begins with a sign-up that is confirmed in the same browser, which is then signed in', async () => {
    const [browser, email] = [world.visitor(), freshEmail()];
    const sent = await signUp(browser, email, { next: '/account' });
    expect(sent.text).toContain('Check your mail');
    const link = await linkTo(world, email);
    expect((await browser.open(link)).text).toContain(email);
    const arrived = await browser.submit(link);
    expect(arrived.path).toBe('/account');
    expect(arrived.text).toContain('Your e-mail is confirmed. Welcome!');
  });

  it('is not signed in where the link is opened elsewhere', async () => {
    const email = freshEmail();
    await signUp(world.visitor(), email);
    const elsewhere = world.visitor();
    const arrived = await elsewhere.submit(await linkTo(world, email));
    expect(arrived.path).toBe('/sign-in');
    expect((await elsewhere.api('GET', '/api/v1/session')).status).toBe(401);
    expect((await elsewhere.submit('/sign-in', { email, password: PASSWORD })).path).toBe('/');
  });

  it('does not exist before its e-mail is confirmed', async () => {
    const [browser, email] = [world.visitor(), freshEmail()];
    await signUp(browser, email);
    const answer = await browser.post('/sign-in', { email, password: PASSWORD });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('confirm your e-mail first');
  });

  it('signs in and out', async () => {
    const { signIn, browser, session, email } = await newPerson(world);
    expect((await signIn()).path).toBe('/');
    expect((await session()).body).toMatchObject({ user: { email } });
    await browser.submit('/sign-out');
    expect((await session()).status).toBe(401);
  });

  it('is led back to where it came from, and never to another site', async () => {
    const { browser, email } = await newPerson(world);
    const asked = await browser.open('/account/devices');
    expect(asked.path).toBe('/sign-in?next=%2Faccount%2Fdevices');
    expect(asked.text).toContain('name="next" value="/account/devices"');
    const evil = await browser.post('/sign-in', { email, password: PASSWORD, next: '//evil.example' });
    expect(evil.headers.get('location')).toBe('/');
  });

  it('keeps what was typed, and says beside each field what to mend', async () => {
    const answer = await world
      .visitor()
      .post('/sign-up', { name: 'Grace', email: 'grace', password: 'short' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="Grace"');
    expect(answer.text).toContain('Write an e-mail address such as ada@example.com.');
    expect(answer.text).not.toContain('short"');
    const weak = await world
      .visitor()
      .post('/sign-up', { name: 'Grace', email: freshEmail(), password: 'password123' });
    expect(weak.text).toContain('easy to guess');
  });

  it('gets a new password by mail, which signs out every device', async () => {
    const { signIn, session, email } = await newPerson(world);
    await signIn();
    const browser = world.visitor();
    expect((await browser.submit('/forgot', { email })).text).toContain('Check your mail');
    const arrived = await browser.submit(await linkTo(world, email), { password: 'tulip-anvil-harbour' });
    expect(arrived.path).toBe('/sign-in');
    expect((await session()).status).toBe(401);
    expect((await signIn()).text).toContain('don’t go together');
    expect((await signIn('tulip-anvil-harbour')).path).toBe('/');
    expect((await mailsTo(world, email)).at(-1)!.subject).toBe('Your password was changed');
  });

  it('changes its password, which signs out every other device', async () => {
    const { browser, signIn, session, email } = await newPerson(world);
    const other = world.visitor();
    await signIn();
    await other.submit('/sign-in', { email, password: PASSWORD });
    const wrong = await browser.post('/account/password', {
      current: 'not-this-one',
      password: 'tulip-anvil-harbour',
    });
    expect(wrong.text).toContain('This is not your current password.');
    await browser.submit('/account/password', { current: PASSWORD, password: 'tulip-anvil-harbour' });
    expect((await session()).status).toBe(200);
    expect((await other.api('GET', '/api/v1/session')).status).toBe(401);
  });

  it('changes its e-mail once the new one is confirmed', async () => {
    const { browser, signIn, session, email } = await newPerson(world);
    await signIn();
    const next = freshEmail();
    await browser.submit('/account/email', { email: next, password: PASSWORD });
    expect((await session()).body).toMatchObject({ user: { email } });
    await browser.submit(await linkTo(world, next));
    expect((await session()).body).toMatchObject({ user: { email: next } });
  });

  it('sees where it is signed in, and ends single sessions', async () => {
    const { browser, signIn, session, email } = await newPerson(world);
    const other = world.visitor();
    await signIn();
    await other.submit('/sign-in', { email, password: PASSWORD });
    expect((await browser.open('/account/devices')).text).toContain('This device');
    const { body } = await browser.api<{ items: { id: string; current: boolean }[] }>(
      'GET',
      '/api/v1/account/sessions',
    );
    expect(body.items).toHaveLength(2);
    const { id } = body.items.find((item) => !item.current)!;
    await browser.submit(`/account/devices/${id}/sign-out`);
    expect((await other.api('GET', '/api/v1/session')).status).toBe(401);
    expect((await session()).status).toBe(200);
  });

  it('makes an API key that acts for it, until it is revoked', async () => {
    const { browser, signIn, email } = await newPerson(world);
    await signIn();
    const made = await browser.post('/account/api-keys', { name: 'Stock import', password: PASSWORD });
    const secret = /gh_[\w-]{20,}/.exec(made.text)![0];
    const program = world.visitor();
    program.bearer = secret;
    expect((await program.api('GET', '/api/v1/session')).body).toMatchObject({ user: { email } });
    expect(
      (await program.api('POST', '/api/v1/account/api-keys', { name: 'Another', password: PASSWORD })).status,
    ).toBe(403);
    expect((await browser.open('/account/api-keys')).text).not.toContain(secret);
    const { body } = await browser.api<{ items: { id: string }[] }>('GET', '/api/v1/account/api-keys');
    await browser.submit(`/account/api-keys/${body.items[0]!.id}/revoke`);
    expect((await program.api<{ code: string }>('GET', '/api/v1/session')).body.code).toBe('api_key_invalid');
  });

  it('makes no API key for whoever has the session alone, and writes down each that is made', async () => {
    const { id, browser, signIn } = await newPerson(world);
    await signIn();
    const page = await browser.post('/account/api-keys', { name: 'Stock import', password: 'a guess at it' });
    expect([page.status, page.text.includes('not your current password')]).toEqual([422, true]);
    const ask = (body: object) =>
      browser.api<{ code: string }>('POST', '/api/v1/account/api-keys', { name: 'Import', ...body });
    expect((await ask({})).body.code).toBe('validation_failed');
    for (let n = 0; n < 9; n++)
      expect((await ask({ password: `guess ${n}` })).body.code).toBe('password_wrong');
    expect((await ask({ password: PASSWORD })).body.code).toBe('too_many_attempts');
    expect(await world.rows(`select from identity.api_keys where user_id = $1`, [id])).toEqual([]);
    await world.rows(`delete from identity.rate_limits`);
    expect((await ask({ password: PASSWORD })).status).toBe(201);
    const [entry] = await world.rows<{ actor: string }>(
      `select e.actor_id as actor from audit.entries e join identity.api_keys k on k.id = e.subject
       where e.action = 'api_key.created' and k.user_id = $1`,
      [id],
    );
    expect(entry!.actor).toBe(id);
  });

  it('is erased when it is closed: no name, no e-mail, no way in', async () => {
    const { id, browser, signIn, email } = await newPerson(world);
    await signIn();
    await browser.submit('/account/close', { password: PASSWORD });
    expect((await signIn()).text).toContain('don’t go together');
    const [left] = await world.rows(`select name, email, password_hash from identity.users where id = $1`, [
      id,
    ]);
    expect(left).toEqual({ name: 'Closed account', email: `${id}@closed.invalid`, password_hash: null });
    expect(await world.rows(`select 1 from identity.mail_links where email = $1`, [email])).toEqual([]);
  });

  it('reads the demo’s mails in the demo', async () => {
    const { email } = await newPerson(world);
    await world.visitor().submit('/forgot', { email });
    await world.settle();
    const list = await world.visitor().open('/demo/mails');
    expect(list.text).toContain(email);
    const [, path] = /href="(\/demo\/mails\/mail_\w+)"/.exec(list.text)!;
    expect((await world.visitor().open(path!)).text).toMatch(/<a href="[^"]+\/reset\//);
  });
});
