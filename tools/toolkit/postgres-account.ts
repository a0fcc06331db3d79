/** Whom the embedded PostgreSQL runs as. */
import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A failure that the person at the keyboard can mend; its message is one sentence that says how. */
export class PostgresProblem extends Error {
  override name = 'PostgresProblem';
}

/** The account the server runs as; empty when that is simply the current user. */
export type Account = { uid?: number; gid?: number };

/** PostgreSQL refuses to run as root, so root hands it to the user `postgres`, who must be able to enter `folders`. */
export async function serverAccount(folders: string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const account = postgresUser();
  for (const folder of folders) {
    const closed = await firstClosedFolder(folder, account);
    if (closed) {
      throw new PostgresProblem(
        `PostgreSQL can't run as root, and its user "postgres" can't enter ${closed}: run this as another user, move the project to a folder open to all (such as /srv), or set DATABASE_URL.`,
      );
    }
  }
  return account;
}

function postgresUser(): Required<Account> {
  const find = () => ({
    uid: Number(execFileSync('id', ['-u', 'postgres'], { stdio: 'pipe' })),
    gid: Number(execFileSync('id', ['-g', 'postgres'], { stdio: 'pipe' })),
  });
  try {
    return find();
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
        stdio: 'pipe',
      });
      return find();
    } catch (error) {
      throw new PostgresProblem(
        `PostgreSQL can't run as root, and the user "postgres" could not be made: run this as another user, or set DATABASE_URL.`,
        { cause: error },
      );
    }
  }
}

async function firstClosedFolder(folder: string, account: Required<Account>): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if (!(mode & bit)) return at;
    if (at === dirname(at)) return undefined;
  }
}
