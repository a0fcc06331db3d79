import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys, Profiles, Sessions } from '#identity';
import { type RequestViewer, Viewer } from '../http/index.js';
import { SignedIn } from './access.js';
import { ApiKeyDto, ChangeEmailDto, ChangePasswordDto, CloseAccountDto, NameDto } from './account.dto.js';
import { Accounts } from './accounts.js';

/** One's own account. An API key may read it; changing it takes a session. */
@SignedIn({ session: true })
@Controller('api/v1/account')
export class AccountApi {
  constructor(
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
  ) {}

  @SignedIn()
  @Get()
  account(@Viewer() { user, sellers }: RequestViewer) {
    return { ...user, sellers };
  }

  @Patch()
  @HttpCode(204)
  async rename(@Viewer() { actor }: RequestViewer, @Body() { name }: NameDto): Promise<void> {
    await this.profiles.rename(actor, name);
  }

  /** The new address counts once its link is followed. */
  @Put('email')
  @HttpCode(202)
  async changeEmail(
    @Viewer() { actor }: RequestViewer,
    @Body() dto: ChangeEmailDto,
    @Req() request: FastifyRequest,
  ) {
    await this.accounts.requestEmailChange(request, actor, dto);
    return { message: 'If this address can be used, a mail is on its way to it.' };
  }

  /** Ends every other session. */
  @Put('password')
  @HttpCode(204)
  async changePassword(
    @Viewer() { actor }: RequestViewer,
    @Body() dto: ChangePasswordDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.accounts.changePassword(request, actor, dto);
  }

  @Delete()
  @HttpCode(204)
  async close(@Viewer() viewer: RequestViewer, @Body() dto: CloseAccountDto): Promise<void> {
    await this.accounts.close(viewer, dto);
  }

  @Get('sessions')
  async listSessions(@Viewer() { user }: RequestViewer, @Req() request: FastifyRequest) {
    return { items: await this.sessions.list(user!.id, request.session.sessionId) };
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  async endSession(@Viewer() { user }: RequestViewer, @Param('sessionId') sessionId: string): Promise<void> {
    await this.sessions.endById(user!.id, sessionId);
  }

  @Get('api-keys')
  async listKeys(@Viewer() { actor }: RequestViewer) {
    return { items: await this.apiKeys.list(actor) };
  }

  /** `secret` is answered this once. */
  @Post('api-keys')
  async createKey(@Viewer() { actor }: RequestViewer, @Body() dto: ApiKeyDto) {
    const { key, secret } = await this.accounts.createKey(actor, dto);
    return { ...key, secret };
  }

  @Delete('api-keys/:keyId')
  @HttpCode(204)
  async revokeKey(@Viewer() { actor }: RequestViewer, @Param('keyId') keyId: string): Promise<void> {
    await this.apiKeys.revoke(actor, keyId);
  }
}
