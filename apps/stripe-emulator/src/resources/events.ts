import type Stripe from 'stripe';
import { invalid, missing } from '../engine/errors.js';
import type { ThinEvent } from '../engine/kinds.js';
import { listOf, listV2 } from '../http/lists.js';
import { within } from '../http/lists.js';
import { any, bool, int, list, paging, range, str } from '../http/params.js';
import { route } from '../http/route.js';

/** Stripe keeps events for 30 days. */
const KEPT = 30 * 24 * 3600;

type V2ListParams = Stripe.V2.Core.EventListParams & { page?: string };

export const events = [
  route<Stripe.EventListParams, Stripe.ApiList<Stripe.Event>>(
    'GET',
    '/v1/events',
    { ...paging, created: range, delivery_success: bool, type: str, types: list(str) },
    (call, params) => {
      const { type, types } = params;
      if (type && types) throw invalid('You may pass `type` or `types`, not both.', { param: 'types' });
      const oldest = call.engine.clock.seconds() - KEPT;
      const prefix = type?.endsWith('.*') ? type.slice(0, -1) : null;
      const matches = (event: Stripe.Event) =>
        event.created >= oldest &&
        within(event.created, params.created) &&
        (!types || types.includes(event.type)) &&
        (!prefix || event.type.startsWith(prefix)) &&
        (params.delivery_success === undefined || (event.pending_webhooks === 0) === params.delivery_success);
      const index = type && !prefix ? { index: { name: 'type', value: type } } : {};
      return listOf(call, 'event', params, { ...index, filter: matches });
    },
  ),
  route<Stripe.EventRetrieveParams, Stripe.Event>('GET', '/v1/events/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('event', account, ids['id']!),
  ),
  route<V2ListParams, Stripe.V2List<ThinEvent>>(
    'GET',
    '/v2/core/events',
    { created: any, limit: int(1, 100), object_id: str, page: str, types: list(str) },
    (call, params) => {
      const { engine } = call;
      const rows = [...engine.store.all('thin_event', engine.platform)]
        .filter((event) => !params.object_id || event.related_object?.id === params.object_id)
        .filter((event) => !params.types || params.types.includes(event.type))
        .filter((event) => withinIso(event.created, params.created as Record<string, string> | undefined))
        .reverse();
      return listV2(call, rows, params);
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

/** v2 times are RFC 3339. */
function withinIso(value: string, given: Record<string, string> | undefined): boolean {
  if (!given) return true;
  return within(
    Date.parse(value),
    Object.fromEntries(Object.entries(given).map(([bound, time]) => [bound, Date.parse(time)])),
  );
}
