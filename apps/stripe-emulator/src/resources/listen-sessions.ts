import { API_VERSION } from '../engine/events.js';
import { list, required, str } from '../http/params.js';
import { route } from '../http/route.js';
import { ACCOUNT_VERSION } from '../http/versions.js';
import { SUBSCRIBE } from '../http/websocket.js';

interface Params {
  device_name: string;
  websocket_features?: string[];
  filters?: string;
  forward_to_url?: string;
  forward_connect_to_url?: string;
  forward_thin_to_url?: string;
  forward_thin_connect_to_url?: string;
}

/** Not in the SDK: a session over which a client is sent events. `stripe listen` opens one. */
export const listenSessions = [
  route<Params, Record<string, unknown>>(
    'POST',
    '/v1/stripecli/sessions',
    {
      device_name: required(str),
      websocket_features: list(str),
      filters: str,
      forward_to_url: str,
      forward_connect_to_url: str,
      forward_thin_to_url: str,
      forward_thin_connect_to_url: str,
    },
    ({ engine }, params) => {
      // One secret for each device, so that it can be kept in a program's settings.
      const name = `listen:${params.device_name}`;
      const known = engine.store.get('setting', '', name)?.value as string | undefined;
      const secret = known ?? engine.ids.next('whsec');
      if (!known) engine.store.insert('setting', '', { id: name, value: secret });
      const id = engine.ids.next('cliws');
      engine.live.open({
        id,
        secret,
        takesThin: params.websocket_features?.includes('v2_events') ?? false,
        forwards: Boolean(params.forward_to_url ?? params.forward_connect_to_url),
      });
      return {
        default_version: ACCOUNT_VERSION,
        display_connect_filter_warning: false,
        latest_version: API_VERSION,
        reconnect_delay: 300,
        secret,
        websocket_authorized_feature: 'webhooks',
        websocket_id: id,
        websocket_url: `${engine.baseUrl.replace(/^http/, 'ws')}${SUBSCRIBE}/${engine.platform}`,
      };
    },
    { platformOnly: true },
  ),
];
