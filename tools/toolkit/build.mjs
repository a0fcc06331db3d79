import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DIST, MODULES } from './paths.mjs';
import { Problem } from './problem.mjs';

/** Compiles apps, libs and benchmarks into dist/; styles, pictures and SQL are read from beside their sources. */
export async function build() {
  // Made beside dist/ and then swapped: a running server never sees half a build, and no deleted source lives on.
  const draft = `${DIST}.${process.pid}`;
  const old = `${draft}.old`;
  const swc = [join(MODULES, '@swc/cli/bin/swc.js'), 'apps', 'libs', 'bench', '-d', draft, '--quiet'];
  const only = ['--extensions', '.ts,.tsx', '--ignore', '**/*.spec.ts,**/*.spec.tsx'];
  try {
    await promisify(execFile)(process.execPath, [...swc, ...only]);
    await rename(DIST, old).catch(unlessMissing);
    await rename(draft, DIST);
  } catch (error) {
    throw new Problem(`The sources could not be compiled:\n${error.stderr || error.message}`);
  } finally {
    await Promise.all([draft, old].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

function unlessMissing(error) {
  if (error.code !== 'ENOENT') throw error;
}
