import { invalid } from './errors.js';
import type { Message, Outcome } from './live-listeners.js';
import { SNAPSHOT_TYPES, THIN_TYPES } from './event-types.js';
import type { Store } from './store.js';

/** A v1 webhook endpoint or a v2 event destination, seen as what it is: somewhere that wants some events. */
export interface Listener {
  id: string;
  url: string;
  secret: string;
  apiVersion: string | null;
  wants(type: string, payload: 'snapshot' | 'thin', self: boolean): boolean;
  /** For clients that hold a connection open; others are sent events by HTTP. */
  hand?(delivery: string, message: Message): Promise<Outcome>;
}

export function listeners(store: Store, platform: string): Listener[] {
  const found: Listener[] = [];
  for (const endpoint of store.all('webhook_endpoint', platform)) {
    const hidden = store.get('endpoint_secret', platform, endpoint.id)!;
    found.push({
      id: endpoint.id,
      url: endpoint.url,
      secret: hidden.secret,
      apiVersion: endpoint.api_version,
      wants: (type, payload, self) =>
        payload === 'snapshot' &&
        endpoint.status === 'enabled' &&
        self !== hidden.connect &&
        matches(endpoint.enabled_events, type),
    });
  }
  for (const destination of store.all('event_destination', platform)) {
    const { events_from: from = ['@self'] } = destination;
    found.push({
      id: destination.id,
      url: destination.webhook_endpoint!.url!,
      secret: store.get('endpoint_secret', platform, destination.id)!.secret,
      apiVersion: destination.snapshot_api_version ?? null,
      wants: (type, payload, self) =>
        payload === destination.event_payload &&
        destination.status === 'enabled' &&
        from.includes(self ? '@self' : '@accounts') &&
        matches(destination.enabled_events, type),
    });
  }
  return found;
}

function matches(patterns: string[], type: string): boolean {
  return patterns.includes('*') || patterns.includes(type);
}

/** @param everything whether `*` is allowed; @throws Refusal naming the first type that does not exist */
export function checkTypes(types: string[], payload: string, everything = false): void {
  const known = payload === 'thin' ? THIN_TYPES : SNAPSHOT_TYPES;
  const at = types.findIndex((type) => !known.has(type) && !(everything && type === '*'));
  if (at < 0) return;
  throw invalid(`Invalid enabled_events[${at}]: '${types[at]}' is not a type of ${payload} events.`, {
    param: `enabled_events[${at}]`,
  });
}
