import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { Config } from '#platform';

interface Sent {
  readonly method: string;
  /** What the browser says of where the request comes from; scripts can't set it. */
  readonly fetchSite: string | undefined;
  readonly origin: string | undefined;
  /** Hosts that are us: the Host header's, and the public address's behind a proxy. */
  readonly ownHosts: readonly string[];
  readonly bearer: boolean;
}

/**
 * Whether another site's page sent this. As Go's http.CrossOriginProtection does it: safe methods pass, Sec-Fetch-Site
 * decides where there is one (every browser since 2023), else Origin against Host; with neither it is no browser. A
 * bearer key is nothing that a browser adds by itself, so it needs no protection.
 */
export function isCrossSite(sent: Sent): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(sent.method) || sent.bearer) return false;
  if (sent.fetchSite) return sent.fetchSite !== 'same-origin' && sent.fetchSite !== 'none';
  if (!sent.origin) return false;
  return !URL.canParse(sent.origin) || !sent.ownHosts.includes(new URL(sent.origin).host);
}

/** Refuses forms and scripts of other sites: cookies are not enough to act. */
@Injectable()
export class CrossSiteGuard implements CanActivate {
  private readonly publicHost: string;

  constructor(config: Config) {
    this.publicHost = new URL(config.publicUrl).host;
  }

  canActivate(context: ExecutionContext): boolean {
    const { method, headers, host } = context.switchToHttp().getRequest<FastifyRequest>();
    const fetchSite = headers['sec-fetch-site'];
    const refused = isCrossSite({
      method,
      fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
      origin: headers.origin,
      ownHosts: [host, this.publicHost],
      bearer: headers.authorization?.startsWith('Bearer ') ?? false,
    });
    if (refused)
      throw new DomainError(
        'cross_site_request',
        'forbidden',
        'This request came from another site, so we did not act on it. Open the page here and try again.',
      );
    return true;
  }
}
