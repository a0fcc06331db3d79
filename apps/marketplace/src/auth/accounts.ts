import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys, type ApiKeyView, MailLinks, Profiles } from '#identity';
import { type Actor, DomainError } from '#kernel';
import type { RequestViewer } from '../http/index.js';
import type { ApiKeyDto, ChangeEmailDto, ChangePasswordDto, CloseAccountDto } from './account.dto.js';
import { SignIns } from './sign-ins.js';

/** What changing an account needs beside identity's own rules: limits on guessing, and the session of this browser. */
@Injectable()
export class Accounts {
  constructor(
    private readonly profiles: Profiles,
    private readonly links: MailLinks,
    private readonly apiKeys: ApiKeys,
    private readonly signIns: SignIns,
  ) {}

  async requestEmailChange(
    request: FastifyRequest,
    actor: Actor,
    { email, password }: ChangeEmailDto,
  ): Promise<void> {
    await this.signIns.limitPassword(actor);
    await this.signIns.limitMails(request, email);
    await this.links.requestEmailChange(actor, password, email);
  }

  /** Signs out everywhere, and in again here. */
  async changePassword(request: FastifyRequest, actor: Actor, dto: ChangePasswordDto): Promise<void> {
    await this.signIns.limitPassword(actor);
    await this.profiles.changePassword(actor, dto.current, dto.password);
    if (actor.kind === 'user') await this.signIns.begin(request, actor.userId);
  }

  async createKey(actor: Actor, { name, password }: ApiKeyDto): Promise<{ key: ApiKeyView; secret: string }> {
    await this.signIns.limitPassword(actor);
    return this.apiKeys.create(actor, name, password);
  }

  /** Throws `owns_shops`: a shop without its owner could neither be paid nor answer. */
  async close({ actor, sellers }: RequestViewer, { password }: CloseAccountDto): Promise<void> {
    await this.signIns.limitPassword(actor);
    const owned = sellers.filter((shop) => shop.role === 'owner').map((shop) => shop.name);
    if (owned.length > 0)
      throw new DomainError(
        'owns_shops',
        'conflict',
        `You own ${owned.join(', ')}. Hand over or close your shop first, then close your account.`,
      );
    await this.profiles.close(actor, password);
  }
}
