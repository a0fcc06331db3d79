import type Stripe from 'stripe';
import type { ThinEvent } from '../engine/records.js';
import { lacking } from '../engine/errors.js';
import { checkTypes } from '../engine/listeners.js';
import { listV2 } from '../http/lists.js';
import { int, list, metadata, object, oneOf, required, str, url } from '../http/params.js';
import { route, type Call } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

type Destination = Stripe.V2.Core.EventDestination;

const platformOnly = { platformOnly: true };
const webhook = object({ url: required(url) });
const include = list(oneOf('webhook_endpoint.signing_secret', 'webhook_endpoint.url'));

/** The URL and, on creation only, the secret are shown when they are asked for. */
function view(destination: Destination, include: string[] = [], secret?: string): Destination {
  const { webhook_endpoint, ...rest } = destination;
  const url = include.includes('webhook_endpoint.url') && webhook_endpoint?.url;
  const shown = include.includes('webhook_endpoint.signing_secret') && secret;
  if (!url && !shown) return rest;
  return { ...rest, webhook_endpoint: { ...(shown && { signing_secret: shown }), ...(url && { url }) } };
}

function find({ engine, ids }: Call): Destination {
  return engine.store.need('event_destination', engine.platform, ids['id']!, 'id');
}

function change(call: Call, patch: Partial<Destination>): Destination {
  const { engine } = call;
  const { status_details: reason, ...rest } = { ...find(call), ...patch, updated: engine.clock.iso() };
  const row = rest.status === 'disabled' && reason ? { ...rest, status_details: reason } : rest;
  return engine.store.insert('event_destination', engine.platform, row);
}

export const eventDestinations = [
  route<Stripe.V2.Core.EventDestinationCreateParams, Destination>(
    'POST',
    '/v2/core/event_destinations',
    {
      description: str,
      enabled_events: required(list(str)),
      event_payload: required(oneOf('snapshot', 'thin')),
      events_from: list(oneOf('@self', '@accounts')),
      include,
      metadata,
      name: required(str),
      snapshot_api_version: str,
      type: required(oneOf('webhook_endpoint')),
      webhook_endpoint: webhook,
    },
    ({ engine }, params) => {
      if (!params.webhook_endpoint) {
        throw lacking('webhook_endpoint');
      }
      if (params.event_payload === 'snapshot' && !params.snapshot_api_version) {
        throw lacking('snapshot_api_version');
      }
      checkTypes(params.enabled_events, params.event_payload);
      const destination: Destination = {
        id: engine.ids.next('ed_test').replace('ed_test_', 'ed_test_61'),
        object: 'v2.core.event_destination',
        created: engine.clock.iso(),
        description: params.description ?? '',
        enabled_events: params.enabled_events,
        event_payload: params.event_payload,
        events_from: params.events_from ?? ['@self'],
        livemode: engine.livemode,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name,
        ...(params.event_payload === 'snapshot' && { snapshot_api_version: params.snapshot_api_version! }),
        status: 'enabled',
        type: 'webhook_endpoint',
        updated: engine.clock.iso(),
        webhook_endpoint: { url: params.webhook_endpoint.url },
      };
      const secret = engine.ids.next('whsec');
      engine.store.insert('event_destination', engine.platform, destination);
      engine.store.insert('endpoint_secret', engine.platform, { id: destination.id, secret, connect: false });
      return view(destination, params.include, secret);
    },
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationListParams & { page?: string }, Stripe.V2List<Destination>>(
    'GET',
    '/v2/core/event_destinations',
    { include, limit: int(1, 100), page: str },
    (call, params) =>
      listV2(call, 'event_destination', call.engine.platform, params, {}, (row) => view(row, params.include)),
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationRetrieveParams, Destination>(
    'GET',
    '/v2/core/event_destinations/:id',
    { include },
    (call, params) => view(find(call), params.include),
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationUpdateParams, Destination>(
    'POST',
    '/v2/core/event_destinations/:id',
    { description: str, enabled_events: list(str), include, metadata, name: str, webhook_endpoint: webhook },
    (call, params) => {
      if (params.enabled_events) checkTypes(params.enabled_events, find(call).event_payload);
      const { include: shown, metadata: words, ...rest } = params;
      const merged = mergeMetadata(find(call).metadata ?? {}, words);
      return view(change(call, { ...rest, metadata: merged }), shown);
    },
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationDeleteParams, Stripe.V2.DeletedObject>(
    'DELETE',
    '/v2/core/event_destinations/:id',
    {},
    (call) => {
      const { id } = find(call);
      call.engine.store.remove('event_destination', call.engine.platform, id);
      return { id, object: 'v2.core.event_destination' };
    },
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationDisableParams, Destination>(
    'POST',
    '/v2/core/event_destinations/:id/disable',
    {},
    (call) => view(change(call, { status: 'disabled', status_details: { disabled: { reason: 'user' } } })),
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationEnableParams, Destination>(
    'POST',
    '/v2/core/event_destinations/:id/enable',
    {},
    (call) => view(change(call, { status: 'enabled' })),
    platformOnly,
  ),
  route<Stripe.V2.Core.EventDestinationPingParams, ThinEvent>(
    'POST',
    '/v2/core/event_destinations/:id/ping',
    {},
    (call) => {
      const { id } = find(call);
      const { engine } = call;
      const related = { id, type: 'v2.core.event_destination', url: `/v2/core/event_destinations/${id}` };
      const ping = engine.events.emitThin(
        engine.platform,
        'v2.core.event_destination.ping',
        undefined,
        related,
      );
      // Whatever it takes otherwise, this one is for it.
      engine.resend(ping.id, id);
      return ping;
    },
    platformOnly,
  ),
];
