/** `npm run bench -- webhooks | checkout | lists | emulator`: ratios against a baseline measured in the same run. */
const benches: Record<string, () => Promise<{ main(): Promise<boolean> }>> = {
  webhooks: () => import('./webhooks.js'),
  checkout: () => import('./checkout.js'),
  lists: () => import('./lists.js'),
  emulator: () => import('./emulator.js'),
};

const name = process.argv[2] ?? '';
const load = benches[name];
if (!load) {
  process.stderr.write(`Say which one: npm run bench -- ${Object.keys(benches).join(' | ')}\n`);
  process.exit(1);
}
const bench = await load();
const reached = await bench.main();
process.exit(reached ? 0 : 1);
