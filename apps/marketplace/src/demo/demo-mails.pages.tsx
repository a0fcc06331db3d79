import { Controller, Get, Param, Query } from '@nestjs/common';
import { DomainError } from '#kernel';
import { Mailer, type MailView } from '#notifications';
import { Config } from '#platform';
import { Public } from '../auth/index.js';
import { PageFrame, type PageFrameData, pagerOf } from '../http/index.js';
import { Breadcrumbs, Card, DateTime, EmptyState, Pager, Shell, Stack, Table } from '../ui/index.js';

/** The demo has no mail server: what would have been sent is read here, by everybody. Elsewhere there is no such page. */
@Public()
@Controller('demo/mails')
export class DemoMailsPages {
  constructor(
    private readonly config: Config,
    private readonly mailer: Mailer,
  ) {}

  @Get()
  async list(@PageFrame() frame: PageFrameData, @Query('cursor') cursor?: string) {
    this.assertDemo();
    const page = await this.mailer.kept({ cursor });
    return (
      <Shell {...frame} title="The demo’s mails">
        <Stack>
          <h1>The demo’s mails</h1>
          <p class="lead">Without a mail server, what would have been sent is kept here.</p>
          <Table
            caption="Mails, newest first"
            hideCaption
            rows={page.items}
            keyOf={(mail) => mail.id}
            empty={
              <EmptyState title="No mails yet" icon="mail">
                Sign up or buy something, and look again in a moment.
              </EmptyState>
            }
            columns={[
              {
                header: 'Subject',
                rowHeader: true,
                cell: ({ id, subject }) => <a href={`/demo/mails/${id}`}>{subject}</a>,
              },
              { header: 'To', cell: ({ recipient }) => recipient },
              { header: 'Written', cell: ({ createdAt }) => <DateTime at={createdAt} /> },
            ]}
          />
          <Pager {...pagerOf('/demo/mails', {}, page)} />
        </Stack>
      </Shell>
    );
  }

  @Get(':mailId')
  async mail(@PageFrame() frame: PageFrameData, @Param('mailId') mailId: string) {
    this.assertDemo();
    const mail = await this.mailer.keptById(mailId);
    return (
      <Shell {...frame} title={mail.subject}>
        <Stack>
          <Breadcrumbs
            items={[{ label: 'The demo’s mails', href: '/demo/mails' }, { label: mail.subject }]}
          />
          <h1>{mail.subject}</h1>
          <Card
            subtitle={
              <>
                To {mail.recipient}, <DateTime at={mail.createdAt} />
              </>
            }
            title="Mail"
          >
            {paragraphsOf(mail)}
          </Card>
        </Stack>
      </Shell>
    );
  }

  private assertDemo(): void {
    if (!this.config.demo) throw DomainError.notFound('page');
  }
}

/** The plain text with its addresses as links. */
const paragraphsOf = ({ text }: MailView) =>
  text
    .trim()
    .split('\n\n')
    .map((paragraph, at) => (
      <p key={at}>
        {paragraph
          .split(/(https?:\/\/[^\s]+[^\s.,])/)
          .map((part) => (part.startsWith('http') ? <a href={part}>{part}</a> : part))}
      </p>
    ));
