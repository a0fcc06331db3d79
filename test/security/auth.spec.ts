import { randomBytes } from 'node:crypto';
import { Users } from '#identity';
import { World } from '../support/world.js';

const PASSWORD = 'kiln-marble-lantern';

describe('accounts', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.stop());

  const freshEmail = () => `${randomBytes(6).toString('hex')}@example.com`;

  const person = async () => {
    const email = freshEmail();
    const user = await world.get(Users).create({ email, name: 'Ada Maker', password: PASSWORD });
    const browser = world.visitor();
    return { ...user, browser, signIn: () => browser.submit('/sign-in', { email, password: PASSWORD }) };
  };

  const mailsTo = async (recipient: string) => {
    await world.settle();
    return world.rows<{ subject: string; text: string }>(
      `select subject, text from notifications.mails where recipient = $1 order by id`,
      [recipient],
    );
  };
  const linkIn = (text: string) => /https?:\/\/\S+\/((?:confirm|reset)\/\S+)/.exec(text)![1]!;

  it('begin with a sign-up that is confirmed in the same browser', async () => {
    const email = freshEmail();
    const browser = world.visitor();
    const sent = await browser.submit('/sign-up', {
      name: 'Grace',
      email,
      password: PASSWORD,
      next: '/account',
    });
    expect(sent.text).toContain('Check your mail');
    const [mail] = await mailsTo(email);
    expect(mail!.subject).toBe('Confirm your e-mail');
    const path = `/${linkIn(mail!.text)}`;
    expect((await browser.open(path)).text).toContain(email);
    const arrived = await browser.submit(path);
    expect(arrived.path).toBe('/account');
    expect(arrived.text).toContain('Your e-mail is confirmed. Welcome!');
  });

  it('sign in and out', async () => {
    const { signIn, browser, email } = await person();
    const signedIn = await signIn();
    expect(signedIn.path).toBe('/');
    expect((await browser.api('GET', '/api/v1/session')).body).toMatchObject({ user: { email } });
    await browser.submit('/sign-out');
    expect((await browser.api('GET', '/api/v1/session')).status).toBe(401);
  });
});
