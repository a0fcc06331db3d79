import type { FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.js';
import { Refusal, invalid } from '../engine/errors.js';
import { mayCall } from './restricted-keys.js';
import type { Route } from './route.js';

/** Checks the key and says for which account the call acts. @throws Refusal 401 or 403 */
export function authorize(engine: Engine, request: FastifyRequest, route: Route): string {
  const key = keyOf(request);
  const isBuyers = route.publishable && isPublishable(engine, request);
  const isRestricted = key?.startsWith('rk_') && mayCall(engine, key, route);
  if (!isBuyers && !isRestricted) checkKey(key, engine.livemode);
  const named = header(request, 'stripe-account') ?? header(request, 'stripe-context')?.split('/').at(-1);
  if (!named || named === engine.platform) return engine.platform;
  const record = engine.store.get('account', '', named);
  if (!record || record.deauthorized) {
    throw new Refusal(403, {
      type: 'invalid_request_error',
      code: 'account_invalid',
      message: `The provided key does not have access to account '${named}' (or that account does not exist). Application access may have been revoked.`,
      doc_url: 'https://docs.stripe.com/error-codes#account-invalid',
    });
  }
  // A v2 account is the platform's object; context only says whose event led here.
  if (route.platformOnly && !route.path.startsWith('/v2/')) {
    throw invalid('This call is made for the platform itself: leave out the Stripe-Account header.', {
      status: 403,
    });
  }
  return named;
}

/** Whether a buyer's browser calls, with a key that everybody may know. */
export function isPublishable(engine: Engine, request: FastifyRequest): boolean {
  return new RegExp(`^pk_${engine.livemode ? 'live' : 'test'}_[A-Za-z0-9]+$`).test(keyOf(request) ?? '');
}

function keyOf(request: FastifyRequest): string | null {
  const given = header(request, 'authorization');
  if (!given) return null;
  const [scheme, credentials = ''] = given.split(' ');
  if (scheme?.toLowerCase() === 'bearer') return credentials;
  if (scheme?.toLowerCase() === 'basic')
    return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? null;
  return null;
}

function checkKey(key: string | null, livemode: boolean): void {
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  const mode = livemode ? 'live' : 'test';
  const other = livemode ? 'test' : 'live';
  if (new RegExp(`^sk_${mode}_[A-Za-z0-9]+$`).test(key)) return;
  if (key.startsWith(`sk_${other}_`)) {
    throw unauthorized(
      `Invalid API Key provided: this emulator runs in ${mode} mode and takes sk_${mode}_ keys only.`,
    );
  }
  if (key.startsWith('pk_')) {
    throw new Refusal(403, {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
    });
  }
  throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
}

/** A wrong key may be somebody's right one elsewhere, so it is never repeated. */
function masked(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.length > 12 ? key.slice(-4) : ''}`;
}

function unauthorized(message: string): Refusal {
  return new Refusal(401, { type: 'invalid_request_error', message });
}

export function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
