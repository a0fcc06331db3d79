import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import passport from 'passport';
import CustomStrategy from 'passport-custom';
import { Strategy as LocalStrategy } from 'passport-local';
import { ApiKeys, Users, type UserView } from '#identity';

type StrategyName = 'local' | 'bearer' | 'session';

/** Who a request comes from, by passport's strategies: a password, an API key, or the session's cookie. */
@Injectable()
export class Authenticator {
  // One of our own, since passport's is shared by all applications in a process.
  private readonly passport = new passport.Authenticator();

  constructor(
    private readonly users: Users,
    private readonly apiKeys: ApiKeys,
  ) {
    const local = new LocalStrategy({ usernameField: 'email' }, (email, password, done) => {
      void settle(this.users.verifyPassword(email, password), done);
    });
    const bearer = new CustomStrategy((request, done) => {
      void settle(this.byApiKey(request.headers.authorization), done);
    });
    const session = new CustomStrategy((request, done) => {
      void settle(this.bySession(request as unknown as FastifyRequest), done);
    });
    this.passport.use('local', local).use('bearer', bearer).use('session', session);
  }

  /** Null where the strategy does not know who it is. */
  authenticate(
    strategy: StrategyName,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<UserView | null> {
    return new Promise((resolve, reject) => {
      const middleware = this.passport.authenticate(
        strategy,
        { session: false },
        (error: unknown, user: UserView | false | null) => {
          if (error) reject(error as Error);
          else resolve(user || null);
        },
      ) as (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void) => void;
      middleware(request, reply, (error) => reject(error ?? new Error('passport gave no answer')));
    });
  }

  private async byApiKey(authorization: string | undefined): Promise<UserView | null> {
    const userId = await this.apiKeys.verify(authorization?.replace(/^Bearer\s+/i, '') ?? '');
    return userId === null ? null : this.users.byId(userId);
  }

  private async bySession(request: FastifyRequest): Promise<UserView | null> {
    const userId = request.session?.userId;
    return userId === undefined ? null : this.users.byId(userId);
  }
}

/** A promise as passport's callback: its `false` is our null. */
function settle(
  found: Promise<UserView | null>,
  done: (error: unknown, user?: UserView | false) => void,
): Promise<void> {
  return found.then((user) => done(null, user ?? false), done);
}
