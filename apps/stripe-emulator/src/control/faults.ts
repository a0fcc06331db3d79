import type { ApiFault } from '../http/api-faults.js';
import type { WebhookFaultPlan } from '../engine/webhook-faults.js';
import { bool, int, list, object, oneOf, required, str, any } from '../http/params.js';
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
});

function complete(given: Partial<ApiFault> & { route: string }): ApiFault {
  const status = given.status ?? 500;
  if (status !== 'close' && !(Number.isInteger(status) && status >= 400 && status < 600)) {
    throw invalid("`status` is an error status, or 'close' to end the connection without an answer.", {
      param: 'status',
    });
  }
  return { when: 'before', skip: 0, times: 1, ...given, status };
}

export const faultControls = [
  control('GET', '/faults', {}, view),
  control<{ webhooks?: Partial<WebhookFaultPlan>; api?: (Partial<ApiFault> & { route: string })[] }>(
    'POST',
    '/faults',
    {
      webhooks: object({ drop: int(0), duplicate: int(0), paused: bool, reorder: int(0) }),
      api: list(fault),
    },
    (call, { webhooks, api }) => {
      if (webhooks) {
        call.engine.deliveries.release();
        call.engine.deliveries.faults.set(webhooks);
      }
      if (api) call.faults.set(api.map(complete));
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
