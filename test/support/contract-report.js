/** Sums up what the tests of the emulator checked against the SDK's declarations; see test/emulator/contract. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const NOTES = fileURLToPath(new URL('../../artefacts/contract', import.meta.url));

export const forgetContract = () => rm(NOTES, { recursive: true, force: true });

export async function reportContract() {
  const files = (await readdir(NOTES).catch(() => [])).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(files.map((file) => readFile(`${NOTES}/${file}`, 'utf8')));
  const notes = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
  if (notes.length === 0) return;
  const all = (name) => new Set(notes.flatMap((one) => one[name]));
  const sum = (name) => notes.reduce((total, one) => total + one[name], 0);
  const idle = [...all('served').difference(all('operations'))].sort();
  const counted = `${idle.length} of ${all('served').size} operations never exercised`;
  await writeFile(`${NOTES}/never-exercised.txt`, `${idle.join('\n')}\n`);
  process.stderr.write(
    `contract: ${sum('count')} bodies checked, ${all('types').size} types covered, ${sum('problems')} violations; ` +
      // A run of a few files leaves out most of them.
      `${idle.length > 40 ? counted : [`${counted}:`, ...idle].join('\n  ')} (artefacts/contract)\n`,
  );
}
