import type { ApiFault } from '../http/api-faults.js';
import { COUNTED, type WebhookFaultPlan } from '../engine/webhook-faults.js';
import { any, bool, int, list, number, object, oneOf, required, str } from '../http/params.js';
import { invalid } from '../engine/errors.js';
import { routes } from '../resources/index.js';
import { control, type ControlCall } from './index.js';

function view({ engine, faults }: ControlCall) {
  return { webhooks: engine.deliveries.faults.plan, api: faults.planned };
}

const fault = object({
  route: required(str),
  when: oneOf('before', 'after'),
  status: any,
  skip: int(0),
  times: int(1),
  rate: number,
});

const disturbance = object({
  ...Object.fromEntries(COUNTED.map((kind) => [kind, int(0)])),
  delay_seconds: int(0),
  paused: bool,
  rate: number,
});

const known = new Set(['*', ...routes.map(({ method, path }) => `${method} ${path}`)]);

/** @throws Refusal for one that could never strike */
function complete(given: Partial<ApiFault> & { route: string }, index: number): ApiFault {
  if (!known.has(given.route))
    throw invalid(
      `There is no route ${given.route}. Routes are named as in POST /v1/transfers/:id/reversals.`,
      {
        param: `api[${index}][route]`,
      },
    );
  checkRate(given.rate, `api[${index}][rate]`);
  const status = given.status ?? 500;
  const isNumber = typeof status === 'number' && Number.isInteger(status) && status >= 400 && status < 600;
  if (!isNumber && status !== 'close' && status !== 'timeout') {
    throw invalid(
      "`status` is an error status, 'close' (no answer, the connection ends) or 'timeout' (none at all).",
      {
        param: 'status',
      },
    );
  }
  return { when: 'before', skip: 0, times: 1, rate: 1, ...given, status };
}

function checkRate(rate: number | undefined, param: string): void {
  if (rate !== undefined && !(rate >= 0 && rate <= 1))
    throw invalid('A rate is a chance from 0 to 1.', { param });
}

export const faultControls = [
  control('GET', '/faults', {}, view),
  control<{
    webhooks?: Partial<WebhookFaultPlan>;
    api?: (Partial<ApiFault> & { route: string })[];
    seed?: number;
  }>(
    'POST',
    '/faults',
    {
      webhooks: disturbance,
      api: list(fault),
      seed: int(),
    },
    (call, { webhooks, api, seed }) => {
      checkRate(webhooks?.rate, 'webhooks[rate]');
      const planned = api?.map(complete);
      if (webhooks) {
        call.engine.deliveries.release();
        call.engine.deliveries.faults.set(webhooks, seed);
      }
      if (planned) call.faults.set(planned, seed);
      return view(call);
    },
  ),
  control('POST', '/faults/clear', {}, (call) => {
    call.engine.deliveries.release();
    call.engine.deliveries.faults.set({});
    call.faults.set([]);
    return view(call);
  }),
];
