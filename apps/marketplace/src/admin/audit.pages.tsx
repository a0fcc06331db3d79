import { Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { Audit, AuditChain, type ChainState } from '#audit';
import { Transactions } from '#platform';
import { AdminOnly } from '../auth/index.js';
import { csvOf, PageFrame, type PageFrameData, type RequestViewer, seeOther, Viewer } from '../http/index.js';
import { AuditPage } from './audit.page.js';
import { AuditQuery } from './audit.query.js';
import { AuditRows } from './audit.view.js';

@AdminOnly()
@Controller('admin')
export class AuditPages {
  constructor(
    private readonly rows: AuditRows,
    private readonly audit: Audit,
    private readonly chain: AuditChain,
    private readonly transactions: Transactions,
  ) {}

  @Get('audit')
  async page(@PageFrame() frame: PageFrameData, @Query() query: AuditQuery) {
    const [page, actions, chain] = await Promise.all([
      this.rows.page(query),
      this.audit.actions(),
      this.chain.state(),
    ]);
    return <AuditPage frame={frame} query={query} page={page} actions={actions} chain={chain} />;
  }

  @Post('audit/verify')
  async verify(@Viewer() { actor }: RequestViewer) {
    await this.transactions.run(() =>
      this.audit.write({ actor, action: 'audit.verified', subject: 'audit' }),
    );
    return seeOther('/admin/audit', flashOf(await this.chain.verify()));
  }

  @Get('audit.csv')
  csv(@Query() query: AuditQuery): Promise<StreamableFile> {
    return csvOf('audit', this.rows.all(query), {
      position: ({ position }) => position,
      at: ({ at }) => at,
      actor: ({ actor }) => actor,
      actor_id: ({ actorId }) => actorId,
      action: ({ action }) => action,
      subject: ({ subject }) => subject,
      before: ({ before }) => jsonOf(before),
      after: ({ after }) => jsonOf(after),
      reason: ({ reason }) => reason,
    });
  }
}

function jsonOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function flashOf({ broken, entries }: ChainState) {
  return broken
    ? ({ tone: 'bad', text: `The chain is broken: ${broken.words}` } as const)
    : ({ tone: 'good', text: `Checked ${entries} entries: nothing was changed.` } as const);
}
