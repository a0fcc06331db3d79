import type { FastifyRequest } from 'fastify';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_NAME = /^(.+\.)?localhost$|^127\.0\.0\.1$|^\[::1\]$/;

/**
 * Whether this machine asks, and by a name that only means itself. Where the name is another one, a site let it point
 * here to read what its own pages may read (DNS rebinding), or a tunnel brings somebody from elsewhere.
 */
export function isThisMachine({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): boolean {
  const address = `http://${headers.host ?? ''}`;
  return LOOPBACK.has(ip) && URL.canParse(address) && LOCAL_NAME.test(new URL(address).hostname);
}

/** Whether another site's page sent this: its visitor would press our buttons unknowingly. */
export function isForeignForm({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  if (method !== 'POST') return false;
  const from = headers['sec-fetch-site'];
  if (from !== undefined) return from !== 'same-origin' && from !== 'none';
  return headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;
}
