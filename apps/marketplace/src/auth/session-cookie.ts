import session from '@fastify/session';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, Session } from 'fastify';
import { SESSION_DAYS, Sessions } from '#identity';
import { Config } from '#platform';

declare module 'fastify' {
  interface Session {
    userId?: string;
    device?: string;
  }
}

const LIFETIME_MS = SESSION_DAYS * 24 * 3_600_000;

/**
 * The cookie holds 192 random bits and the database their hash; a signature on top would add a secret to look after,
 * and protect nothing.
 */
const unsigned = {
  sign: (value: string) => value,
  unsign: (value: string) => ({ valid: true, renew: false, value }),
};

/**
 * A cookie's name. Browsers accept a __Host- cookie from this very host over TLS only, so that no subdomain and no open
 * network can plant one: a session or a cart that its planter knows, and then sees what its victim does with it.
 */
export const hostCookie = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

/** Sessions over @fastify/session, kept by identity. Nobody has one before signing in. */
@Injectable()
export class SessionCookie implements OnModuleInit {
  readonly name: string;
  readonly secure: boolean;

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly sessions: Sessions,
    config: Config,
  ) {
    this.secure = config.publicUrl.startsWith('https:');
    this.name = this.named('session');
  }

  named(name: string): string {
    return hostCookie(name, this.secure);
  }

  /** Before Nest adds its routes, so that every one of them has a session. */
  async onModuleInit(): Promise<void> {
    const server = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    await server.register(session, {
      secret: unsigned,
      cookieName: this.name,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure, maxAge: LIFETIME_MS },
      rolling: false,
      saveUninitialized: false,
      store: {
        get: (id, done) => void this.load(id).then((found) => done(null, found), done),
        set: (id, data, done) => void this.save(id, data).then(() => done(), done),
        destroy: (id, done) => void this.sessions.end(id).then(() => done(), done),
      },
    });
  }

  private async load(id: string): Promise<Session | null> {
    const found = await this.sessions.find(id);
    return found && { userId: found.userId, cookie: { originalMaxAge: LIFETIME_MS } };
  }

  private async save(id: string, { userId, device }: Session): Promise<void> {
    if (userId !== undefined) await this.sessions.begin(id, userId, device ?? '');
  }
}
