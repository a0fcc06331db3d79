import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Config, projectRoot, StartupError } from '#platform';
import { Destinations, type Door, doorPaths, subscribedEvents } from '#stripe';
import { command } from './command.js';

const program = join(projectRoot, 'node_modules', '.bin', 'stripe');

/** npm run stripe:listen: a real test account's events come to this machine through Stripe's own command line. */
await command(async (context, config) => {
  refuse(config);
  const secret = await secretOf(config);
  for (const door of Object.keys(subscribedEvents) as Door[])
    await context.get(Destinations).accept(door, secret);
  console.log(`Events of your test account are forwarded to ${config.publicUrl}/webhooks/…  Ctrl-C ends it.`);
  return ended(listener(config));
});

function refuse(config: Config): void {
  if (config.livemode)
    throw new StartupError(
      'Forwarding is for test mode. For live events register your public address: npm run stripe:setup -- --url https://…',
    );
  if (config.stripeApiBase)
    throw new StartupError(
      'You are using the Stripe emulator, which sends its events by itself. Set STRIPE_SECRET_KEY=sk_test_… to listen to Stripe.',
    );
  if (!existsSync(program))
    throw new StartupError(
      'Stripe’s command line is not installed: run npm install (with its development parts).',
    );
}

/** The key goes by the environment, since arguments can be read by everybody on the machine. */
function environment(config: Config): NodeJS.ProcessEnv {
  return { ...process.env, STRIPE_API_KEY: config.stripeKey };
}

/** The command line signs with a secret of its own, the same each time. */
async function secretOf(config: Config): Promise<string> {
  try {
    const args = ['listen', '--print-secret', '--skip-update', '--color', 'off'];
    const { stdout } = await promisify(execFile)(program, args, {
      env: environment(config),
      timeout: 30_000,
    });
    const secret = /whsec_\w+/.exec(stdout)?.[0];
    if (secret) return secret;
    throw new Error('it told no secret');
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new StartupError(`Stripe’s command line can’t listen: ${reason}`);
  }
}

/** Whatever is thin goes to the one door for thin events, whether it is about us or about a connected account. */
function listener(config: Config): ChildProcess {
  const types = [...new Set([...subscribedEvents.payments, ...subscribedEvents.accounts])];
  const to = (door: Door) => config.publicUrl + doorPaths[door];
  const args = [
    'listen', '--skip-update', '--latest',
    '--events', types.join(','),
    '--forward-to', to('payments'),
    '--forward-connect-to', to('accounts'),
    '--thin-events', subscribedEvents.accounts_thin.join(','),
    '--forward-thin-to', to('accounts_thin'),
    '--forward-thin-connect-to', to('accounts_thin'),
  ]; // prettier-ignore
  return spawn(program, args, { env: environment(config), stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Until it ends, or somebody presses Ctrl-C. */
function ended(listener: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    const stop = (code: number) => {
      listener.kill('SIGTERM');
      resolve(code);
    };
    listener.once('exit', (code) => stop(code ?? 0));
    listener.once('error', () => stop(1));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(0));
  });
}
