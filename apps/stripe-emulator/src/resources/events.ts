import type Stripe from 'stripe';
import { CONNECTED } from '../engine/deliveries.js';
import { exclusive, missing } from '../engine/errors.js';
import type { ThinEvent } from '../engine/records.js';
import { HOUR, SECOND } from '../engine/clock.js';
import { listOf, listV2, spanOf, within } from '../http/lists.js';
import { bool, int, list, object, paging, range, str } from '../http/params.js';
import { route, type Call } from '../http/route.js';

/** Stripe keeps events for 30 days. */
const KEPT = 30 * 24 * 3600;

/** v2 times are RFC 3339. */
const times = object({ gt: str, gte: str, lt: str, lte: str });

type V2ListParams = Omit<Stripe.V2.Core.EventListParams, 'created'> & {
  created?: Record<string, string>;
  page?: string;
};

export const events = [
  route<Stripe.EventListParams, Stripe.ApiList<Stripe.Event>>(
    'GET',
    '/v1/events',
    { ...paging, created: range, delivery_success: bool, type: str, types: list(str, 20) },
    (call, params) => {
      const { type, types } = params;
      if (type && types) throw exclusive('type', 'types');
      const prefix = type?.endsWith('.*') ? type.slice(0, -1) : null;
      const values = types ?? (type && !prefix ? [type] : null);
      return listOf(
        call,
        'event',
        { ...params, created: sinceKept(call, params.created) },
        {
          ...(values && { index: { name: 'type', values } }),
          filter: (event) =>
            (!prefix || event.type.startsWith(prefix)) &&
            (params.delivery_success === undefined ||
              (event.pending_webhooks === 0) === params.delivery_success),
        },
      );
    },
  ),
  route<Stripe.EventRetrieveParams, Stripe.Event>('GET', '/v1/events/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('event', account, ids['id']!),
  ),
  // Not in the SDK: what `stripe events resend` calls, with the endpoint or for whoever listens by the command line.
  route<{ webhook_endpoint?: string; for_stripecli?: boolean }, Stripe.Event>(
    'POST',
    '/v1/events/:id/retry',
    { webhook_endpoint: str, for_stripecli: bool },
    ({ engine, account, ids }, { webhook_endpoint: endpoint, for_stripecli: connected }) => {
      const event = engine.store.need('event', account, ids['id']!);
      if (endpoint) engine.store.need('webhook_endpoint', engine.platform, endpoint, 'webhook_endpoint');
      engine.resend(event.id, connected ? CONNECTED : endpoint);
      return event;
    },
  ),
  route<V2ListParams, Stripe.V2List<ThinEvent>>(
    'GET',
    '/v2/core/events',
    { created: times, limit: int(1, 100), object_id: str, page: str, types: list(str, 20) },
    (call, params) => {
      const made = (event: ThinEvent) => Date.parse(event.created);
      const created = Object.entries(params.created ?? {}).map(([bound, time]) => [bound, Date.parse(time)]);
      const range = Object.fromEntries(created) as Stripe.RangeQueryParam;
      const { object_id, types } = params;
      const index = object_id
        ? { name: 'object', values: [object_id] }
        : types && { name: 'type', values: types };
      const narrow = {
        ...(index && { index }),
        span: spanOf(
          made,
          { ...range, gte: Math.max(range.gte ?? 0, call.engine.clock.now() - KEPT * SECOND) },
          HOUR,
        ),
        filter: (event: ThinEvent) => within(made(event), range) && (types?.includes(event.type) ?? true),
      };
      return listV2(call, 'thin_event', call.engine.platform, params, narrow, (event) => event);
    },
  ),
  route<Stripe.V2.Core.EventRetrieveParams, ThinEvent>(
    'GET',
    '/v2/core/events/:id',
    {},
    ({ engine, ids }) => {
      const event = engine.store.get('thin_event', engine.platform, ids['id']!);
      if (!event) throw missing('event', ids['id']!);
      return event;
    },
  ),
];

/** What was asked for, and no older than what Stripe keeps. */
function sinceKept(call: Call, asked: Stripe.EventListParams['created']): Stripe.RangeQueryParam {
  const oldest = call.engine.clock.seconds() - KEPT;
  if (typeof asked === 'number') return { gte: Math.max(asked, oldest), lte: asked };
  return { ...asked, gte: Math.max(asked?.gte ?? 0, oldest) };
}
