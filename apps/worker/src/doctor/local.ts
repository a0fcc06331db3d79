import { type INestApplicationContext } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type Config, Transactions } from '#platform';
import { InboxView } from '#stripe';
import { type Finding, good, statusOf, wrong } from './finding.js';

/** A schedule runs every two minutes; twice that is patience enough. */
const SILENT_AFTER_S = 300;
const LATE_AFTER_S = 120;

export async function checkWeb(config: Config): Promise<Finding> {
  const status = await statusOf(`${config.publicUrl}/health/ready`, 'GET');
  if (status === 200) return good('Web', `answers at ${config.publicUrl}`);
  return wrong(
    'Web',
    status === null
      ? `nobody answers at ${config.publicUrl}: start the web process, or mend PUBLIC_URL.`
      : `${config.publicUrl}/health/ready answers ${status} instead of 200: is PUBLIC_URL this marketplace’s address?`,
  );
}

/** A living worker says so every few seconds; and one that has been up for a while must have run its schedules. */
export async function checkWorker(context: INestApplicationContext): Promise<Finding> {
  const [row] = await context.get(Transactions).query<{ alive: number; up_s: number; silent_s: number }>(
    `select count(*)::int as alive, coalesce(extract(epoch from now() - min(started_at)), 0)::float8 as up_s,
            (select coalesce(extract(epoch from now() - max(last_execution)), 'infinity')::float8
             from graphile_worker._private_known_crontabs) as silent_s
     from platform.worker_processes where seen_at > now() - interval '30 seconds'`,
  );
  const { alive, up_s: up, silent_s: silent } = row!;
  if (alive === 0) return wrong('Worker', 'none is running: start the worker process.');
  if (silent < SILENT_AFTER_S) return good('Worker', 'runs its schedules');
  if (up < SILENT_AFTER_S) return good('Worker', 'has just started');
  return wrong(
    'Worker',
    'it runs, but has run no schedule for five minutes: look at its log, and start it again.',
  );
}

export async function checkInbox(context: INestApplicationContext): Promise<Finding> {
  const { queued, dead, lateS } = await context.get(InboxView).counts();
  if (dead > 0)
    return wrong(
      'Events',
      `${dead} of Stripe’s events could not be worked off: read and replay them at /admin/events.`,
    );
  if (lateS > LATE_AFTER_S)
    return wrong(
      'Events',
      `${queued} of Stripe’s events wait, the longest for ${Math.round(lateS / 60)} minutes: is the worker running?`,
    );
  return good('Events', queued === 0 ? 'none waits' : `${queued} on their way`);
}

export async function checkMail(config: Config): Promise<Finding> {
  if (!config.smtpUrl)
    return config.demo
      ? good('Mail', 'kept on the demo’s page /demo/mails')
      : wrong('Mail', 'no mail is sent: set SMTP_URL, for example smtp://user:password@mail.example:587.');
  const { host } = new URL(config.smtpUrl);
  const smtp = createTransport(config.smtpUrl, { connectionTimeout: 5000, greetingTimeout: 5000 } as object);
  try {
    await smtp.verify();
    return good('Mail', `${host} takes our sign-in`);
  } catch (error) {
    return wrong('Mail', `${host} refuses us (${(error as Error).message}): check SMTP_URL.`);
  } finally {
    smtp.close();
  }
}
