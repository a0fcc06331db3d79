import { type INestApplicationContext } from '@nestjs/common';
import type { Config } from '#platform';
import { Destinations, type DestinationState, PlatformAccount } from '#stripe';
import { type Finding, good, statusOf, wrong } from './finding.js';

const names = {
  payments: 'Events of payments',
  accounts: 'Events of sellers',
  accounts_thin: 'Events of sellers (v2)',
} as const;

export async function checkDestinations(
  context: INestApplicationContext,
  config: Config,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const state of await context.get(Destinations).inspect())
    findings.push(await destination(state, config));
  return findings;
}

async function destination(found: DestinationState, config: Config): Promise<Finding> {
  const what = names[found.door];
  const remedy = `run npm run stripe:setup -- --url ${config.publicUrl}`;
  if (found.state === 'missing')
    return wrong(what, `Stripe sends none: ${remedy}, or npm run stripe:listen.`);
  if (found.state === 'command_line_only')
    return config.livemode
      ? wrong(what, `Stripe sends none: ${remedy}.`)
      : good(what, 'forwarded while npm run stripe:listen runs');
  if (found.state === 'disabled')
    return wrong(what, `Stripe has switched them off after failures: ${remedy}.`);
  if (found.missing.length > 0)
    return wrong(what, `Stripe does not send ${found.missing.join(', ')}: ${remedy}.`);
  if (found.secrets === 0) return wrong(what, `their signing secret is lost: ${remedy}.`);
  // Our door refuses what is not signed, and with that shows that it is ours and open.
  const status = await statusOf(found.url, 'POST');
  if (status === 400) return good(what, `Stripe sends to ${found.url}, which is open`);
  return wrong(
    what,
    status === null
      ? `Stripe sends to ${found.url}, where nobody answers: start the web process, or ${remedy}.`
      : `Stripe sends to ${found.url}, which is not our door (it answers ${status}): ${remedy}.`,
  );
}

/** With destination charges a seller's money leaves the platform's balance at once, so any schedule is safe. */
export async function checkPayouts(context: INestApplicationContext): Promise<Finding> {
  try {
    const interval = await context.get(PlatformAccount).payoutInterval();
    return good(
      'Your payouts',
      interval === 'manual'
        ? 'only when you ask for one in Stripe’s dashboard'
        : `Stripe pays your own balance out ${interval}`,
    );
  } catch (error) {
    return wrong('Your payouts', `Stripe would not say how it pays you out (${(error as Error).message}).`);
  }
}
