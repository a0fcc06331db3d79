import type { ApiFault } from '../http/api-faults.js';
import { COUNTED, type WebhookFaultPlan } from '../engine/webhook-faults.js';
import { any, bool, int, list, number, object, oneOf, required, str } from '../http/params.js';
import { invalid } from '../engine/errors.js';
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

function complete(given: Partial<ApiFault> & { route: string }): ApiFault {
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
      if (webhooks) {
        call.engine.deliveries.release();
        call.engine.deliveries.faults.set(webhooks, seed);
      }
      if (api) call.faults.set(api.map(complete), seed);
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
