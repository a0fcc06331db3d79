/** `npm test`: installs what is missing, compiles (journeys start real processes), and runs Jest with the given arguments. */
import { join } from 'node:path';
import { handOver, prepare } from './toolkit/prepare.mjs';
import { MODULES, NODE } from './toolkit/paths.mjs';
import { main } from './toolkit/problem.mjs';

await main(async () => {
  if (!(await prepare())) return;
  const { build } = await import('./toolkit/build.mjs');
  await build();
  process.exitCode = await handOver(NODE, [join(MODULES, 'jest/bin/jest.js'), ...process.argv.slice(2)]);
});
