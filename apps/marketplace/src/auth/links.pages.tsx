import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailLinks } from '#identity';
import { Config } from '#platform';
import { PageFrame, type PageFrameData, redraw, seeOther, withForm } from '../http/index.js';
import { Public } from './access.js';
import { EmailDto, NewPasswordDto } from './account.dto.js';
import { ConfirmPage, ForgotPage, LinkInvalidPage, NewPasswordPage } from './links.views.js';
import { CheckMailPage } from './sign-in.views.js';
import { SignIns } from './sign-ins.js';

/** Where the links in mails lead. Opening one changes nothing: mail programs do that by themselves. */
@Public()
@Controller()
export class LinksPages {
  constructor(
    private readonly links: MailLinks,
    private readonly signIns: SignIns,
    private readonly config: Config,
  ) {}

  @Get('forgot')
  forgotForm(@PageFrame() frame: PageFrameData) {
    return <ForgotPage frame={frame} errors={{}} typed={{}} />;
  }

  @Post('forgot')
  async forgot(@PageFrame() frame: PageFrameData, @Body() body: unknown, @Req() request: FastifyRequest) {
    return withForm(
      EmailDto,
      body,
      async ({ email }) => {
        await this.signIns.limitMails(request, email);
        await this.links.requestPasswordReset(email);
        return seeOther('/forgot/check-your-mail');
      },
      (errors, typed) => <ForgotPage frame={frame} errors={errors} typed={typed} />,
    );
  }

  @Get('forgot/check-your-mail')
  checkMail(@PageFrame() frame: PageFrameData) {
    return <CheckMailPage frame={frame} demo={this.config.demo} purpose="password_reset" />;
  }

  @Get('reset/:token')
  async resetForm(@PageFrame() frame: PageFrameData, @Param('token') token: string) {
    const link = await this.links.peek(token);
    if (link?.purpose !== 'password_reset')
      return redraw(<LinkInvalidPage frame={frame} again="/forgot" />, 410);
    return <NewPasswordPage frame={frame} token={token} email={link.email} errors={{}} />;
  }

  @Post('reset/:token')
  async reset(@PageFrame() frame: PageFrameData, @Param('token') token: string, @Body() body: unknown) {
    const link = await this.links.peek(token);
    if (link?.purpose !== 'password_reset')
      return redraw(<LinkInvalidPage frame={frame} again="/forgot" />, 410);
    return withForm(
      NewPasswordDto,
      body,
      async ({ password }) => {
        await this.links.resetPassword(token, password);
        return seeOther('/sign-in', { tone: 'good', text: 'Your new password is set. Sign in with it.' });
      },
      (errors) => <NewPasswordPage frame={frame} token={token} email={link.email} errors={errors} />,
    );
  }

  @Get('confirm/:token')
  async confirmForm(@PageFrame() frame: PageFrameData, @Param('token') token: string) {
    const link = await this.links.peek(token);
    if (!link || link.purpose === 'password_reset')
      return redraw(<LinkInvalidPage frame={frame} again="/sign-up" />, 410);
    return <ConfirmPage frame={frame} token={token} email={link.email} />;
  }

  @Post('confirm/:token')
  async confirm(
    @PageFrame() frame: PageFrameData,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const link = await this.links.peek(token);
    if (!link) return redraw(<LinkInvalidPage frame={frame} again="/sign-up" />, 410);
    const confirmed = await this.links.confirm(token, this.signIns.signUpToken(request));
    const signedIn = await this.signIns.afterConfirming(request, reply, confirmed);
    if (confirmed.kind === 'email_change')
      return seeOther('/account', { tone: 'good', text: `${link.email} is your e-mail from now on.` });
    const next = confirmed.nextPath;
    if (signedIn) return seeOther(next ?? '/', { tone: 'good', text: 'Your e-mail is confirmed. Welcome!' });
    return seeOther(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in', {
      tone: 'good',
      text: 'Your e-mail is confirmed. Sign in to go on.',
    });
  }
}
