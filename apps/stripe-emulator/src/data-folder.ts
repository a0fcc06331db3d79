import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Says which emulator keeps its state in a folder: two would each lose what the other answered. */
const noteIn = (folder: string) => join(folder, 'emulator.url');

/** @throws when the emulator that was noted there still answers; one that was killed leaves its note behind */
export async function checkUnused(folder: string): Promise<void> {
  const url = await readFile(noteIn(folder), 'utf8').catch(() => null);
  if (!url) return;
  const health = await fetch(`${url}/_emulator/health`, { signal: AbortSignal.timeout(2000) })
    .then((answer) => answer.json() as Promise<{ data?: string | null }>)
    .catch(() => null);
  if (health?.data === resolve(folder)) throw new Error(`${folder} is in use by the emulator on ${url}.`);
}

export async function noteUser(folder: string, url: string): Promise<void> {
  await writeFile(noteIn(folder), url);
}

export async function forgetUser(folder: string): Promise<void> {
  await rm(noteIn(folder), { force: true });
}
