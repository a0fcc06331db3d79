import { COUNTED, type WebhookFaultPlan } from '../../engine/webhook-faults.js';
import type { ApiFault } from '../../http/api-faults.js';
import type { Problems, Values } from '../ui/forms.js';

/** Reads the form about webhooks: how many of each kind, and whether all are held. */
export function readWebhookFaults(values: Values): { plan: Partial<WebhookFaultPlan>; problems: Problems } {
  const problems: Problems = {};
  const counts = COUNTED.map((kind) => [kind, count(values, problems, kind, 0)]);
  return { plan: { ...Object.fromEntries(counts), paused: values['paused'] === 'yes' }, problems };
}

/** What a call can be answered with; `close` ends the connection without an answer. */
export const ANSWERS: Record<string, string> = {
  '500': '500, server error',
  '429': '429, too many requests',
  '409': '409, conflict',
  '503': '503, unavailable',
  close: 'No answer: the connection is closed',
  timeout: 'No answer: the caller waits in vain',
};

/** Reads the form about API calls. @param known the routes that exist */
export function readApiFault(
  values: Values,
  known: readonly string[],
): { fault: ApiFault; problems: Problems } {
  const { route = '', answer = '', when } = values;
  const problems: Problems = {};
  if (route !== '*' && !known.includes(route)) problems['route'] = 'Choose a call from the list.';
  if (!Object.hasOwn(ANSWERS, answer)) problems['answer'] = 'Choose an answer from the list.';
  const fault: ApiFault = {
    route,
    when: when === 'after' ? 'after' : 'before',
    status: answer === 'close' || answer === 'timeout' ? answer : Number(answer),
    skip: count(values, problems, 'skip', 0),
    times: count(values, problems, 'times', 1),
    rate: 1,
  };
  return { fault, problems };
}

function count(values: Values, problems: Problems, name: string, least: number): number {
  const text = values[name] || String(least);
  const number = Number(text);
  if (/^\d{1,4}$/.test(text) && number >= least) return number;
  problems[name] = `Enter a whole number from ${least} to 9999.`;
  return least;
}
