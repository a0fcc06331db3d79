/** `npm run build`: compiles everything into dist/. */
import { prepare } from './toolkit/prepare.mjs';
import { main } from './toolkit/problem.mjs';

await main(async () => {
  if (!(await prepare())) return;
  const { build } = await import('./toolkit/build.mjs');
  await build();
});
