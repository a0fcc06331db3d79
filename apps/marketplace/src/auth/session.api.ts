import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailLinks } from '#identity';
import { DomainError } from '#kernel';
import { type RequestViewer, Viewer } from '../http/index.js';
import { Public, SignedIn } from './access.js';
import { EmailDto, ResetPasswordDto, SignInDto, SignUpDto, TokenDto } from './account.dto.js';
import { SignIns } from './sign-ins.js';

/** Signing in, signing up and what is confirmed by mail, for programs. Answers never tell whether an address is known. */
@Public()
@Controller('api/v1')
export class SessionApi {
  constructor(
    private readonly signIns: SignIns,
    private readonly links: MailLinks,
  ) {}

  @Post('session')
  async signIn(
    @Body() { email }: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const user = await this.signIns.byPassword(request, reply, email);
    if (!user)
      throw new DomainError(
        'credentials_wrong',
        'unauthenticated',
        'This e-mail and password don’t go together, or the e-mail is not confirmed yet.',
      );
    return { user: { id: user.id, name: user.name, email: user.email, isAdmin: user.isAdmin } };
  }

  @SignedIn()
  @Get('session')
  session(@Viewer() { user, sellers }: RequestViewer) {
    return { user, sellers };
  }

  @SignedIn({ session: true })
  @Delete('session')
  @HttpCode(204)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIns.end(request, reply);
  }

  /** A mail follows, whoever the address belongs to. */
  @Post('sign-ups')
  @HttpCode(202)
  async signUp(
    @Body() { name, email, password }: SignUpDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.signIns.limitMails(request, email);
    this.signIns.rememberSignUp(reply, await this.links.signUp({ name, email, password }));
    return mailFollows;
  }

  /** Confirms a sign-up or a new e-mail address by the token in the mail's link. */
  @Post('confirmations')
  @HttpCode(200)
  async confirm(
    @Body() { token }: TokenDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const confirmed = await this.links.confirm(token, this.signIns.signUpToken(request));
    const signedIn = await this.signIns.afterConfirming(request, reply, confirmed);
    return { confirmed: confirmed.kind, signedIn };
  }

  @Post('password-resets')
  @HttpCode(202)
  async requestReset(@Body() { email }: EmailDto, @Req() request: FastifyRequest) {
    await this.signIns.limitMails(request, email);
    await this.links.requestPasswordReset(email);
    return mailFollows;
  }

  @Put('password-resets')
  @HttpCode(204)
  async reset(@Body() { token, password }: ResetPasswordDto): Promise<void> {
    await this.links.resetPassword(token, password);
  }
}

const mailFollows = { message: 'If this address can be used, a mail is on its way to it.' };
