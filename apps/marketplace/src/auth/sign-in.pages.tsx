import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailLinks } from '#identity';
import { DomainError } from '#kernel';
import { Config } from '#platform';
import {
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { Public } from './access.js';
import { SignInDto, SignUpDto } from './account.dto.js';
import { ownPath } from './return-path.js';
import { CheckMailPage, SignInPage, SignUpPage } from './sign-in.views.js';
import { SignIns } from './sign-ins.js';

@Public()
@Controller()
export class SignInPages {
  constructor(
    private readonly signIns: SignIns,
    private readonly links: MailLinks,
    private readonly config: Config,
  ) {}

  @Get('sign-in')
  signInForm(
    @PageFrame() frame: PageFrameData,
    @Viewer() { user }: RequestViewer,
    @Query('next') next: unknown,
  ) {
    const path = pathOf(next);
    if (user) return seeOther(path ?? '/');
    return <SignInPage frame={frame} next={path} errors={{}} typed={{}} />;
  }

  @Post('sign-in')
  async signIn(
    @PageFrame() frame: PageFrameData,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withForm(
      SignInDto,
      body,
      async ({ email, next }) => {
        if (await this.signIns.byPassword(request, reply, email)) return seeOther(ownPath(next) ?? '/');
        throw new DomainError(
          'credentials_wrong',
          'invalid',
          'This e-mail and password don’t go together. If you have just signed up, confirm your e-mail first.',
        );
      },
      (errors, typed) => (
        <SignInPage frame={frame} next={pathOf(typed['next'])} errors={errors} typed={typed} />
      ),
    );
  }

  @Get('sign-up')
  signUpForm(
    @PageFrame() frame: PageFrameData,
    @Viewer() { user }: RequestViewer,
    @Query('next') next: unknown,
  ) {
    const path = pathOf(next);
    if (user) return seeOther(path ?? '/');
    return <SignUpPage frame={frame} next={path} errors={{}} typed={{}} />;
  }

  @Post('sign-up')
  async signUp(
    @PageFrame() frame: PageFrameData,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return withForm(
      SignUpDto,
      body,
      async ({ next, ...person }) => {
        await this.signIns.limitMails(request, person.email);
        const pending = await this.links.signUp({ ...person, nextPath: ownPath(next) });
        this.signIns.rememberSignUp(reply, pending);
        return seeOther('/sign-up/check-your-mail');
      },
      (errors, typed) => (
        <SignUpPage frame={frame} next={pathOf(typed['next'])} errors={errors} typed={typed} />
      ),
    );
  }

  @Get('sign-up/check-your-mail')
  checkMail(@PageFrame() frame: PageFrameData) {
    return <CheckMailPage frame={frame} demo={this.config.demo} purpose="sign_up" />;
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.signIns.end(request, reply);
    return seeOther('/', { tone: 'good', text: 'You are signed out.' });
  }
}

const pathOf = (next: unknown): string | null => (typeof next === 'string' ? ownPath(next) : null);
