import 'reflect-metadata';
import { StartupError } from '#platform';
import { command } from './command.js';
import { DEMO_PASSWORD, seedDemo } from './demo-seed.js';

await command(async (app, config) => {
  if (!config.demo)
    throw new StartupError(
      'Demo data belongs into a demo only: set DEMO=1 and a key that begins with sk_test_.',
    );
  const signIns = await seedDemo(app);
  process.stdout.write(`Demo sign-ins, all with the password “${DEMO_PASSWORD}”:\n`);
  for (const line of signIns) process.stdout.write(`  ${line}\n`);
});
