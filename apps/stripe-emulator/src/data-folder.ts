import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Says which emulator keeps its state in a folder: two would each lose what the other answered. */
const noteIn = (folder: string) => join(folder, 'emulator.url');
/** Says which process is about to be that emulator, from before it reads the journal until its note is there. */
const claimIn = (folder: string) => join(folder, 'emulator.starting');
/** Those of this process, since an earlier one may have had the same number, as it has in a container. */
const claims = new Set<string>();

/** Takes a folder for an emulator that starts. @throws when another one has it */
export async function claimFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  while (!(await claimed(folder))) {
    const path = claimIn(folder);
    const pid = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (pid === process.pid ? claims.has(resolve(folder)) : isAlive(pid))
      throw new Error(
        `${folder} is in use by an emulator that starts, process ${pid}; if not, remove ${path}.`,
      );
    await rm(path, { force: true });
  }
  claims.add(resolve(folder));
  try {
    await checkUnused(folder);
  } catch (failure) {
    await releaseClaim(folder);
    throw failure;
  }
}

export async function releaseClaim(folder: string): Promise<void> {
  claims.delete(resolve(folder));
  await rm(claimIn(folder), { force: true });
}

/** @throws when the emulator that was noted there still answers; one that was killed leaves its note behind */
async function checkUnused(folder: string): Promise<void> {
  const url = await readFile(noteIn(folder), 'utf8').catch(() => null);
  if (!url) return;
  const health = await fetch(`${url}/_emulator/health`, { signal: AbortSignal.timeout(2000) })
    .then((answer) => answer.json() as Promise<{ data?: string | null }>)
    // Whoever listens and says nothing for so long may be moving its clock by years.
    .catch((failure: Error) => (failure.name === 'TimeoutError' ? { data: resolve(folder) } : null));
  if (health?.data === resolve(folder)) throw new Error(`${folder} is in use by the emulator on ${url}.`);
}

export async function noteUser(folder: string, url: string): Promise<void> {
  await writeFile(noteIn(folder), url);
}

/** Takes the note away, unless another emulator has put its own there by now. */
export async function forgetUser(folder: string, url: string): Promise<void> {
  if ((await readFile(noteIn(folder), 'utf8').catch(() => null)) === url) await rm(noteIn(folder));
}

async function claimed(folder: string): Promise<boolean> {
  try {
    await writeFile(claimIn(folder), String(process.pid), { flag: 'wx' });
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failure;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (failure) {
    // It may be somebody else's.
    return (failure as NodeJS.ErrnoException).code === 'EPERM';
  }
}
