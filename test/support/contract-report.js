/** Sums up what the tests of the emulator checked against the SDK's declarations; see test/emulator/contract. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const NOTES = fileURLToPath(new URL('../../artefacts/contract', import.meta.url));

export const forgetContract = () => rm(NOTES, { recursive: true, force: true });

export async function reportContract() {
  const files = await readdir(NOTES).catch(() => []);
  const texts = await Promise.all(files.map((file) => readFile(`${NOTES}/${file}`, 'utf8')));
  const notes = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
  if (notes.length === 0) return;
  const all = (name) => new Set(notes.flatMap((one) => one[name]));
  const sum = (name) => notes.reduce((total, one) => total + one[name], 0);
  const idle = [...all('served').difference(all('operations'))].sort();
  const lines = [
    `contract: ${sum('count')} bodies checked, ${all('types').size} types covered, ${sum('problems')} violations`,
    `contract: ${idle.length} of ${all('served').size} operations never exercised${idle.map((one) => `\n  ${one}`).join('')}`,
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
