import { Jobs, Log, Transactions, Config } from '#platform';
import { Mailer } from '#notifications';
import { World } from '../support/world.js';
import { MailServer } from './mail-server.js';
import { freshEmail } from './people.js';

describe('a mail', () => {
  let world: World;
  const server = new MailServer();
  let mailer: Mailer;
  beforeAll(async () => {
    world = await World.start();
    const smtp = new Config({
      DATABASE_URL: world.database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      SMTP_URL: await server.start(),
    });
    mailer = new Mailer(smtp, world.get(Transactions), world.get(Jobs), world.get(Log));
  });
  afterAll(async () => {
    await world?.stop();
    await server.stop();
  });
  beforeEach(() => {
    server.refusal = null;
  });

  const write = (recipient: string, about = `test ${recipient}`) =>
    world.get(Transactions).run(() =>
      mailer.write(about, recipient, {
        subject: 'Choose a new password',
        greeting: 'Hello Ada,',
        paragraphs: ['Here is your link.'],
        action: { label: 'Choose', url: 'https://shop.example/reset/secret-token' },
      }),
    );
  const row = async (recipient: string) => {
    const [mail] = await world.rows<{
      id: string;
      status: string;
      text: string | null;
      last_error: string | null;
    }>(`select id, status, text, last_error from notifications.mails where recipient = $1`, [recipient]);
    return mail!;
  };

  it('is sent as text and HTML, and its words are forgotten then', async () => {
    const to = freshEmail();
    await write(to);
    const { id } = await row(to);
    await mailer.send({ mailId: id });
    await mailer.send({ mailId: id }); // A job may run twice.
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toContain('multipart/alternative');
    expect(await row(to)).toMatchObject({ status: 'sent', text: null });
    const kept = await world.rows(
      `select 1 from notifications.mails where text like '%secret-token%' or html like '%secret-token%'`,
    );
    expect(kept).toEqual([]);
  });

  it('is written once, however often the event comes', async () => {
    const to = freshEmail();
    await Promise.all([write(to), write(to), write(to)]);
    expect(await world.rows(`select 1 from notifications.mails where recipient = $1`, [to])).toHaveLength(1);
  });

  it('waits for another try when the server is busy', async () => {
    const to = freshEmail();
    await write(to);
    const { id } = await row(to);
    server.refusal = '451 try later';
    await expect(mailer.send({ mailId: id })).rejects.toThrow('451');
    expect(await row(to)).toMatchObject({ status: 'waiting', last_error: 'the mail server answered 451' });
    server.refusal = null;
    await mailer.send({ mailId: id });
    expect(await row(to)).toMatchObject({ status: 'sent', last_error: null });
  });

  it('is given up when the server refuses it for good', async () => {
    const to = freshEmail();
    await write(to);
    const { id } = await row(to);
    server.refusal = '550 no such mailbox';
    await mailer.send({ mailId: id });
    expect(await row(to)).toMatchObject({ status: 'failed', text: null });
  });
});
