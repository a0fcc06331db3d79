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

/** graphile-worker notes when a schedule last ran; some worker must have done it. */
export async function checkWorker(context: INestApplicationContext): Promise<Finding> {
  const [row] = await context.get(Transactions).query<{ silent_s: number | null }>(
    `select extract(epoch from now() - max(last_execution))::float8 as silent_s
     from graphile_worker._private_known_crontabs`,
  );
  const silent = row?.silent_s ?? null;
  if (silent !== null && silent < SILENT_AFTER_S) return good('Worker', 'runs its schedules');
  return wrong(
    'Worker',
    silent === null
      ? 'no worker has run a schedule yet: start the worker process, and look again after two minutes.'
      : `no worker has run a schedule for ${Math.round(silent / 60)} minutes: start the worker process.`,
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
