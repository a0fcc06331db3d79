import { Users } from '#identity';
import { systemActor } from '#kernel';
import { StartupError } from '#platform';
import { command } from './command.js';

/** `npm run admin -- EMAIL`: the first admin can't be made by another one. Written to the audit log like every grant. */
await command(async (context) => {
  const email = process.argv[2];
  if (!email) throw new StartupError('Name the person by e-mail: npm run admin -- somebody@example.com');
  const users = context.get(Users);
  const user = await users.byEmail(email);
  if (!user) throw new StartupError(`Nobody has signed up as ${email}: sign up first, then run this again.`);
  await users.grantAdmin(systemActor('npm run admin'), user.id, 'Named on the command line');
  process.stdout.write(`${email} is an admin now.\n`);
});
