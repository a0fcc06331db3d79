import type { Engine } from '../engine/engine.js';
import { Refusal } from '../engine/errors.js';
import type { Route } from './route.js';

/** By resource, as the address names it: `payment_intents`, `checkout_sessions`. Who may write may read. */
export type Permissions = Record<string, 'read' | 'write'>;

/** Makes a restricted key, as one does on Stripe's dashboard. Part of a verb. */
export function issueKey(engine: Engine, permissions: Permissions): string {
  const key = engine.ids.next(engine.livemode ? 'rk_live' : 'rk_test');
  engine.store.insert('setting', '', { id: `key:${key}`, value: permissions });
  return key;
}

/** @returns whether there is such a key; @throws Refusal 403 when it may not make this call */
export function mayCall(engine: Engine, key: string, route: Route): boolean {
  const known = engine.store.get('setting', '', `key:${key}`);
  if (!known) return false;
  const resource = resourceOf(route.path);
  const granted = (known.value as Permissions)[resource];
  const needed = route.method === 'GET' ? 'read' : 'write';
  if (granted === 'write' || granted === needed) return true;
  throw new Refusal(403, {
    type: 'invalid_request_error',
    message: `The provided key '${key.slice(0, 8)}…' does not have the required permissions for this endpoint on account '${engine.platform}'. Having the 'rak_${resource.replace(/s$/, '')}_${needed}' permission would allow this request to continue.`,
  });
}

/** The words of a path before its first id: `/v1/checkout/sessions/:id/expire` is about `checkout_sessions`. */
function resourceOf(path: string): string {
  const words = path.split('/').slice(2);
  const id = words.findIndex((word) => word.startsWith(':'));
  return (id < 0 ? words : words.slice(0, id)).filter((word) => word !== 'search').join('_');
}
