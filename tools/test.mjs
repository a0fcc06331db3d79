/** `npm test`: installs what is missing, compiles (journeys start real processes), and runs Jest with the given arguments. */
import { join } from 'node:path';
import { handOver, prepare } from './toolkit/prepare.mjs';
import { MODULES, NODE } from './toolkit/paths.mjs';
import { main } from './toolkit/problem.mjs';

await main(async () => {
  if (!(await prepare())) return;
  const { build } = await import('./toolkit/build.mjs');
  await build();
  // In the environment and not on the command line, so that Jest's workers and the processes of the journeys have it too.
  // A large young generation: every file loads thousands of modules anew, and most of what that makes is thrown away.
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning --max-semi-space-size=32`;
  process.exitCode = await handOver(NODE, [join(MODULES, 'jest/bin/jest.js'), ...process.argv.slice(2)]);
});
