import { setTimeout } from 'node:timers/promises';
import Stripe from 'stripe';
import { DAY, SECOND } from '../engine/clock.js';
import { startEmulator } from '../index.js';
import { differences } from './picture.js';
import { play, type Performance } from './play.stripe.js';

/**
 * `npm run conform`: plays the scenarios against the emulator and, with STRIPE_CONFORM_KEY=sk_test_…, against Stripe,
 * and prints where shapes, codes or amounts differ. It makes test objects in that account, and never touches live mode.
 */
const key = process.env['STRIPE_CONFORM_KEY'];
if (key && !/^(sk|rk)_test_/.test(key)) {
  process.stderr.write('STRIPE_CONFORM_KEY must be a key of test mode: sk_test_… or rk_test_….\n');
  process.exit(1);
}

const emulator = await startEmulator({ seed: 1 });
const ours = await play(
  new Stripe('sk_test_conform', { host: '127.0.0.1', port: emulator.port, protocol: 'http' }),
  async () => emulator.engine.moveClock(emulator.engine.clock.now() + DAY / 4),
);
await emulator.close();
const theirs = key ? await play(new Stripe(key), () => setTimeout(3 * SECOND)) : null;

let wrong = 0;
for (const [index, mine] of ours.entries()) wrong += report(mine, theirs?.[index]);
const shown = ours.reduce((sum, { pictures }) => sum + pictures.size, 0);
const claims = ours.reduce((sum, one) => sum + one.claims, 0);
process.stdout.write(
  `conform: ${ours.length} scenarios, ${shown} answers, ${claims} claims of the documentation, ${wrong} ${wrong === 1 ? 'line' : 'lines'} to look at${
    theirs
      ? ''
      : '; compared with the documentation alone (STRIPE_CONFORM_KEY=sk_test_… compares with Stripe)'
  }\n`,
);
process.exitCode = wrong > 0 ? 1 : 0;

function report(mine: Performance, other: Performance | undefined): number {
  const lines = [
    ...mine.broken.map((line) => `emulator, ${line}`),
    ...(other?.broken ?? []).map((line) => `Stripe, ${line}`),
  ];
  for (const [label, picture] of mine.pictures) {
    const counterpart = other?.pictures.get(label);
    if (counterpart) lines.push(...differences(picture, counterpart).map((line) => `${label}: ${line}`));
  }
  process.stdout.write(`${lines.length === 0 ? '✓' : '✗'} ${mine.name}\n`);
  for (const line of lines) process.stdout.write(`    ${line}\n`);
  return lines.length;
}
