import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UserView } from '#identity';
import { DomainError, guest } from '#kernel';
import { Sellers } from '#sellers';
import type { RequestViewer } from '../http/request.js';
import { type Access, accessOf } from './access.js';
import { Authenticator } from './authenticator.js';
import { SessionCookie } from './session-cookie.js';

/** Finds out who asks, notes it on the request, and lets through whom the route's rule allows. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly sellers: Sellers,
    private readonly cookie: SessionCookie,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const viewer = await this.viewerOf(request, context.switchToHttp().getResponse<FastifyReply>());
    request.viewer = viewer;
    // AccessCheck has made sure at start-up that there is a rule.
    const access = accessOf(context.getHandler(), context.getClass())!;
    this.assertAllowed(access, viewer, request);
    return true;
  }

  private async viewerOf(request: FastifyRequest, reply: FastifyReply): Promise<RequestViewer> {
    const cartToken = request.cookies?.[this.cookie.named('cart')] ?? null;
    const user = await this.userOf(request, reply);
    if (!user) return { actor: guest, user: null, sellers: [], cartToken };
    const { id, name, email, isAdmin } = user;
    const memberships = await this.sellers.membershipsOf(id);
    return {
      actor: { kind: 'user', userId: id, isAdmin },
      user: { id, name, email, isAdmin },
      sellers: memberships.map(({ sellerId, ...shop }) => ({ id: sellerId, ...shop })),
      cartToken,
    };
  }

  /** A key that is sent must be right, also where none is needed: its owner wants to know. */
  private async userOf(request: FastifyRequest, reply: FastifyReply): Promise<UserView | null> {
    if (usesKey(request)) {
      const user = await this.authenticator.authenticate('bearer', request, reply);
      if (user) return user;
      throw new DomainError(
        'api_key_invalid',
        'unauthenticated',
        'This API key is not valid. Use one from your account page.',
      );
    }
    if (request.session?.userId === undefined) return null;
    return this.authenticator.authenticate('session', request, reply);
  }

  private assertAllowed(access: Access, viewer: RequestViewer, request: FastifyRequest): void {
    if (access === 'public') return;
    if (!viewer.user) throw new DomainError('sign_in_required', 'unauthenticated', 'Please sign in first.');
    if (access === 'session' && usesKey(request))
      throw new DomainError('session_required', 'forbidden', 'An API key can’t do this. Sign in instead.');
    if (access === 'admin' && !viewer.user.isAdmin)
      throw new DomainError('admin_only', 'forbidden', 'Only admins of this marketplace can open this.');
    if (access === 'seller') {
      const { sellerId } = request.params as { sellerId: string };
      // Not found rather than forbidden: others' shops have no desk for this person.
      if (!viewer.sellers.some((shop) => shop.id === sellerId)) throw DomainError.notFound('shop');
    }
  }
}

function usesKey(request: FastifyRequest): boolean {
  return /^bearer\s/i.test(request.headers.authorization ?? '');
}
