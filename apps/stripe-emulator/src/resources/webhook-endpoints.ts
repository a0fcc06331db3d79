import type Stripe from 'stripe';
import { checkTypes } from '../engine/listeners.js';
import { listOf } from '../http/lists.js';
import { bool, emptyable, list, metadata, paging, required, str, url } from '../http/params.js';
import { route } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

type Endpoint = Stripe.WebhookEndpoint;

const platformOnly = { platformOnly: true };

export const webhookEndpoints = [
  route<Stripe.WebhookEndpointCreateParams, Endpoint>(
    'POST',
    '/v1/webhook_endpoints',
    {
      api_version: str,
      connect: bool,
      description: emptyable(str),
      enabled_events: required(list(str)),
      metadata,
      url: required(url),
    },
    ({ engine }, params) => {
      checkTypes(params.enabled_events, 'snapshot', true);
      const endpoint: Endpoint = {
        id: engine.ids.next('we'),
        object: 'webhook_endpoint',
        api_version: params.api_version ?? null,
        application: params.connect ? `ca_${engine.platform.slice(5)}` : null,
        created: engine.clock.seconds(),
        description: params.description || null,
        enabled_events: params.enabled_events,
        livemode: engine.livemode,
        metadata: mergeMetadata({}, params.metadata),
        status: 'enabled',
        url: params.url,
      };
      const secret = engine.ids.next('whsec');
      engine.store.insert('webhook_endpoint', engine.platform, endpoint);
      const hidden = { id: endpoint.id, secret, connect: params.connect ?? false };
      engine.store.insert('endpoint_secret', engine.platform, hidden);
      return { ...endpoint, secret };
    },
    platformOnly,
  ),
  route<Stripe.WebhookEndpointListParams, Stripe.ApiList<Endpoint>>(
    'GET',
    '/v1/webhook_endpoints',
    paging,
    (call, params) => listOf(call, 'webhook_endpoint', params),
    platformOnly,
  ),
  route<Stripe.WebhookEndpointRetrieveParams, Endpoint>(
    'GET',
    '/v1/webhook_endpoints/:id',
    {},
    ({ engine, ids }) => engine.store.need('webhook_endpoint', engine.platform, ids['id']!),
    platformOnly,
  ),
  route<Stripe.WebhookEndpointUpdateParams, Endpoint>(
    'POST',
    '/v1/webhook_endpoints/:id',
    { description: emptyable(str), disabled: bool, enabled_events: list(str), metadata, url },
    ({ engine, ids }, params) => {
      const before = engine.store.need('webhook_endpoint', engine.platform, ids['id']!);
      if (params.enabled_events) checkTypes(params.enabled_events, 'snapshot', true);
      const { disabled, description, metadata: words, ...rest } = params;
      return engine.store.update('webhook_endpoint', engine.platform, before.id, {
        ...rest,
        ...(description !== undefined && { description: description || null }),
        ...(disabled !== undefined && { status: disabled ? 'disabled' : 'enabled' }),
        metadata: mergeMetadata(before.metadata, words),
      });
    },
    platformOnly,
  ),
  route<Stripe.WebhookEndpointDeleteParams, Stripe.DeletedWebhookEndpoint>(
    'DELETE',
    '/v1/webhook_endpoints/:id',
    {},
    ({ engine, ids }) => {
      const { id } = engine.store.need('webhook_endpoint', engine.platform, ids['id']!);
      engine.store.remove('webhook_endpoint', engine.platform, id);
      return { id, object: 'webhook_endpoint', deleted: true };
    },
    platformOnly,
  ),
];
