import { parseArgs } from 'node:util';
import { type Config, StartupError } from '#platform';
import { Destinations } from '#stripe';
import { command } from './command.js';

const what = {
  payments: 'payments of the platform',
  accounts: 'connected accounts',
  accounts_thin: 'connected accounts (v2)',
} as const;

/** npm run stripe:setup -- --url https://shop.example: tells Stripe where to send its events. Can be repeated. */
await command(async (context, config) => {
  const url = addressOf(process.argv.slice(2), config);
  for (const { door, url: at, outcome } of await registered(context.get(Destinations), url)) {
    const did = outcome === 'created' ? 'Stripe sends now' : 'Brought up to date';
    console.log(`✓ ${did}: events of ${what[door]} → ${at}`);
  }
  console.log('The signing secrets are in the database. Running it again changes nothing that is right.');
});

function addressOf(args: string[], config: Config): string {
  const { values } = parseArgs({ args, options: { url: { type: 'string' } } });
  const text = values.url ?? config.publicUrl;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new StartupError(`“${text}” is no web address: use --url https://your-marketplace.example`);
  if (config.livemode && url.protocol !== 'https:')
    throw new StartupError('In live mode Stripe only sends to https: use --url https://…');
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (local && !config.stripeApiBase)
    throw new StartupError(
      'Stripe can’t reach this machine by that address. Use --url with a public address, or npm run stripe:listen.',
    );
  return url.href;
}

async function registered(destinations: Destinations, url: string) {
  try {
    return await destinations.register(url);
  } catch (error) {
    if (String((error as { type?: unknown }).type).startsWith('Stripe'))
      throw new StartupError(`Stripe refused: ${(error as Error).message}`);
    throw error;
  }
}
