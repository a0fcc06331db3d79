import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../engine/errors.js';

type Asked = Pick<FastifyRequest, 'method' | 'headers'>;

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_NAME = /^(.+\.)?localhost$|^127\.0\.0\.1$|^\[::1\]$/;
/** Names that nobody can register: a network's own, as Docker and mDNS give them. */
const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal|test)$/;

/** For every request, since any `sk_test_` key opens everything. @throws Refusal 403 where another site's page is behind it */
export function refuseForeign(request: Asked): void {
  if (!isForeignName(request) && !isForeignForm(request)) return;
  throw new Refusal(403, {
    type: 'invalid_request_error',
    message: isForeignForm(request)
      ? 'This form was sent from another site. Open the page here and try again.'
      : 'The emulator answers to IP addresses and to names of a private network: localhost, one word, or one below .local, .internal or .test.',
  });
}

/** Whether this machine asks, and by a name that only means itself: a tunnel brings somebody from elsewhere. */
export function isThisMachine(request: Asked & Pick<FastifyRequest, 'ip'>): boolean {
  return LOOPBACK.has(request.ip) && LOCAL_NAME.test(nameOf(request));
}

/** Whether the name is one that its owner let point here, so that a site's own pages could read this (DNS rebinding). */
function isForeignName(request: Asked): boolean {
  const name = nameOf(request);
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) === 0 && !PRIVATE_NAME.test(name);
}

/** The name that was asked for, without a port; empty when there is none. */
function nameOf({ headers }: Asked): string {
  const address = `http://${headers.host ?? ''}`;
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** Whether another site's page sent this: its visitor would press our buttons unknowingly. */
function isForeignForm({ method, headers }: Asked): boolean {
  if (method !== 'POST') return false;
  const from = headers['sec-fetch-site'];
  if (from !== undefined) return from !== 'same-origin' && from !== 'none';
  return headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;
}
