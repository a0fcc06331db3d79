import 'reflect-metadata';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Config, SchemaVersion, StartupError } from '#platform';
import { PlatformAccount } from '#stripe';
import { type Finding, good, wrong } from './doctor/finding.js';
import { checkInbox, checkMail, checkWeb, checkWorker } from './doctor/local.js';
import { checkDestinations, checkPayouts } from './doctor/stripe.js';
import { WorkerModule } from './worker.module.js';

/** npm run doctor: what is missing or wrong, each with what to do. Exit code 1 when something is. */
const findings: Finding[] = [];
const report = (finding: Finding) => {
  findings.push(finding);
  console.log(`${finding.ok ? '✓' : '✗'} ${finding.what}: ${finding.sentence}`);
};

const config = settings();
const context = config && (await database(config));
if (config && context) {
  try {
    await examine(context, config);
  } finally {
    await context.close();
  }
}
const problems = findings.filter(({ ok }) => !ok).length;
console.log(
  problems === 0 ? 'All is well.' : `${problems === 1 ? 'One thing needs' : `${problems} things need`} you.`,
);
process.exitCode = problems === 0 ? 0 : 1;

function settings(): Config | null {
  try {
    const read = new Config(process.env);
    report(good('Settings', 'complete'));
    return read;
  } catch (error) {
    report(wrong('Settings', (error as Error).message));
    return null;
  }
}

/** The rest needs a database of this version, so without one the examination ends here. */
async function database(config: Config): Promise<INestApplicationContext | null> {
  const { host, pathname } = new URL(config.databaseUrl);
  let context: INestApplicationContext;
  try {
    context = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), {
      logger: false,
      abortOnError: false,
    });
  } catch (error) {
    const { message } = error as Error;
    report(
      wrong('Database', `${pathname.slice(1)} at ${host} can’t be used (${message}). Check DATABASE_URL.`),
    );
    return null;
  }
  report(good('Database', `${pathname.slice(1)} at ${host} answers`));
  if (await holds('Tables', 'of this version', () => context.get(SchemaVersion).assertCurrent()))
    return context;
  await context.close();
  return null;
}

async function examine(context: INestApplicationContext, config: Config): Promise<void> {
  const mode = config.livemode ? 'live' : 'test';
  const where = config.stripeApiBase?.host ?? 'api.stripe.com';
  const account = context.get(PlatformAccount);
  if (await holds('Stripe', `${where} takes the ${mode} key`, () => account.assertBelongs())) {
    report(good('Account', `${account.id}, the one this database belongs to`));
    for (const finding of await checkDestinations(context, config)) report(finding);
    report(await checkPayouts(context));
  }
  report(await checkWeb(config));
  report(await checkWorker(context));
  report(await checkInbox(context));
  report(await checkMail(config));
}

/** A check of the start-up itself: its refusals are sentences already. */
async function holds(what: string, sentence: string, check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    report(good(what, sentence));
    return true;
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    report(wrong(what, error.message));
    return false;
  }
}
