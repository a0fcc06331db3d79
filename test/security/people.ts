import { randomBytes } from 'node:crypto';
import { Users } from '#identity';
import { systemActor } from '#kernel';
import type { Answer } from '../support/browser-like.js';
import type { World } from '../support/world.js';

export const PASSWORD = 'kiln-marble-lantern';

export const freshEmail = (): string => `${randomBytes(6).toString('hex')}@example.com`;

/** Somebody with an account and a browser, not signed in yet. */
export async function newPerson(world: World, options: { admin?: boolean } = {}) {
  const email = freshEmail();
  const user = await world.get(Users).create({ email, name: 'Ada Maker', password: PASSWORD });
  if (options.admin) await world.get(Users).grantAdmin(systemActor('test'), user.id, 'for the test');
  const browser = world.visitor();
  const signIn = (password = PASSWORD) => browser.submit('/sign-in', { email, password });
  const session = () => browser.api<{ code?: string }>('GET', '/api/v1/session');
  return { id: user.id, email, browser, signIn, session };
}

/** The session's cookie that an answer sets. */
export function sessionIn(answer: Answer): string {
  const cookie = answer.headers.getSetCookie().find((line) => /^session=[^;]/.test(line));
  if (!cookie) throw new Error('the answer sets no session');
  return cookie.slice('session='.length, cookie.indexOf(';'));
}

/** The mails to an address, oldest first, after everything that waits has been worked off. */
export async function mailsTo(world: World, recipient: string) {
  await world.settle();
  return world.rows<{ subject: string; text: string }>(
    `select subject, text from notifications.mails where recipient = $1 order by id`,
    [recipient],
  );
}

/** The path of the confirm or reset link in the newest mail to an address. */
export async function linkTo(world: World, recipient: string): Promise<string> {
  const mail = (await mailsTo(world, recipient)).at(-1);
  const path = mail && /https?:\/\/[^/\s]+(\/(?:confirm|reset)\/\S+)/.exec(mail.text)?.[1];
  if (!path) throw new Error(`no link was mailed to ${recipient}`);
  return path;
}
