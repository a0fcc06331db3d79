import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys, Profiles, Sessions } from '#identity';
import {
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { SignedIn } from './access.js';
import { ApiKeyDto, ChangeEmailDto, ChangePasswordDto, CloseAccountDto, NameDto } from './account.dto.js';
import { ApiKeysPage, SessionsPage } from './account-access.views.js';
import { ClosePage, PasswordPage, ProfilePage } from './account.views.js';
import { Accounts } from './accounts.js';
import { SignIns } from './sign-ins.js';

@SignedIn({ session: true })
@Controller('account')
export class AccountPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
    private readonly signIns: SignIns,
  ) {}

  @Get()
  profile(@PageFrame() frame: PageFrameData, @Viewer() { user }: RequestViewer) {
    return <ProfilePage frame={frame} user={user!} errors={{}} typed={{}} />;
  }

  @Post('name')
  async rename(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor, user }: RequestViewer,
    @Body() body: unknown,
  ) {
    return withForm(
      NameDto,
      body,
      async ({ name }) => {
        await this.profiles.rename(actor, name);
        return seeOther('/account', { tone: 'good', text: 'Your name is saved.' });
      },
      (errors, typed) => <ProfilePage frame={frame} user={user!} errors={errors} typed={typed} />,
    );
  }

  @Post('email')
  async changeEmail(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor, user }: RequestViewer,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ) {
    return withForm(
      ChangeEmailDto,
      body,
      async (dto) => {
        await this.accounts.requestEmailChange(request, actor, dto);
        return seeOther('/account', {
          tone: 'waiting',
          text: 'Open the link we sent to the new address. Until then your old one counts.',
        });
      },
      (errors, typed) => <ProfilePage frame={frame} user={user!} errors={errors} typed={typed} />,
    );
  }

  @Get('password')
  passwordForm(@PageFrame() frame: PageFrameData) {
    return <PasswordPage frame={frame} errors={{}} />;
  }

  @Post('password')
  async changePassword(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ) {
    return withForm(
      ChangePasswordDto,
      body,
      async (dto) => {
        await this.accounts.changePassword(request, actor, dto);
        return seeOther('/account/password', {
          tone: 'good',
          text: 'Your new password is set, and every other device is signed out.',
        });
      },
      (errors) => <PasswordPage frame={frame} errors={errors} />,
    );
  }

  @Get('devices')
  async devices(
    @PageFrame() frame: PageFrameData,
    @Viewer() { user }: RequestViewer,
    @Req() request: FastifyRequest,
  ) {
    const sessions = await this.sessions.list(user!.id, request.session.sessionId);
    return <SessionsPage frame={frame} sessions={sessions} />;
  }

  @Post('devices/sign-out-others')
  async endOthers(@Viewer() { user }: RequestViewer, @Req() request: FastifyRequest) {
    await this.sessions.endAll(user!.id, { except: request.session.sessionId });
    return seeOther('/account/devices', { tone: 'good', text: 'Every other device is signed out.' });
  }

  @Post('devices/:sessionId/sign-out')
  async endSession(@Viewer() { user }: RequestViewer, @Param('sessionId') sessionId: string) {
    await this.sessions.endById(user!.id, sessionId);
    return seeOther('/account/devices', { tone: 'good', text: 'That device is signed out.' });
  }

  @Get('api-keys')
  async keys(@PageFrame() frame: PageFrameData, @Viewer() { actor }: RequestViewer) {
    return <ApiKeysPage frame={frame} keys={await this.apiKeys.list(actor)} errors={{}} typed={{}} />;
  }

  /** The key is on the answer itself: a redirect would have to carry the secret. */
  @Post('api-keys')
  async createKey(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Body() body: unknown,
  ) {
    return withForm(
      ApiKeyDto,
      body,
      async (dto) => {
        const { secret } = await this.accounts.createKey(actor, dto);
        const keys = await this.apiKeys.list(actor);
        return <ApiKeysPage frame={frame} keys={keys} secret={secret} errors={{}} typed={{}} />;
      },
      async (errors, typed) => (
        <ApiKeysPage frame={frame} keys={await this.apiKeys.list(actor)} errors={errors} typed={typed} />
      ),
    );
  }

  @Post('api-keys/:keyId/revoke')
  async revokeKey(@Viewer() { actor }: RequestViewer, @Param('keyId') keyId: string) {
    await this.apiKeys.revoke(actor, keyId);
    return seeOther('/account/api-keys', { tone: 'good', text: 'The key is revoked: it works no longer.' });
  }

  @Get('close')
  closeForm(@PageFrame() frame: PageFrameData) {
    return <ClosePage frame={frame} errors={{}} />;
  }

  @Post('close')
  async close(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withForm(
      CloseAccountDto,
      body,
      async (dto) => {
        await this.accounts.close(viewer, dto);
        await this.signIns.end(request, reply);
        return seeOther('/', { tone: 'good', text: 'Your account is closed. Goodbye, and thank you.' });
      },
      (errors) => <ClosePage frame={frame} errors={errors} />,
    );
  }
}
