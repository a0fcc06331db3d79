import { Controller, Get, Header, Post, Query, StreamableFile } from '@nestjs/common';
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { Audit, AuditChain, type ChainState } from '#audit';
import { AdminOnly } from '../auth/index.js';
import { PageFrame, type PageFrameData, seeOther } from '../http/index.js';
import { AuditPage } from './audit.page.js';
import { AuditPageQuery, AuditQuery } from './audit.query.js';
import { type AuditRow, AuditRows } from './audit.view.js';

@AdminOnly()
@Controller('admin')
export class AuditPages {
  constructor(
    private readonly rows: AuditRows,
    private readonly audit: Audit,
    private readonly chain: AuditChain,
  ) {}

  @Get('audit')
  async page(@PageFrame() frame: PageFrameData, @Query() query: AuditPageQuery) {
    const [page, actions, chain] = await Promise.all([
      this.rows.page(query),
      this.audit.actions(),
      this.chain.state(),
    ]);
    return <AuditPage frame={frame} query={query} page={page} actions={actions} chain={chain} />;
  }

  @Post('audit/verify')
  async verify() {
    return seeOther('/admin/audit', flashOf(await this.chain.verify()));
  }

  /** Streamed: the log may be of any length. */
  @Get('audit.csv')
  @Header('content-disposition', 'attachment; filename="audit.csv"')
  csv(@Query() query: AuditQuery): StreamableFile {
    const csv = stringify({ header: true, columns, escape_formulas: true });
    // Failures end the download: destroying `csv` closes the connection, so that half a file is not taken for a whole one.
    pipeline(Readable.from(this.lines(query)), csv, () => undefined);
    return new StreamableFile(csv, { type: 'text/csv; charset=utf-8' });
  }

  private async *lines(query: AuditQuery): AsyncGenerator<string[]> {
    for await (const rows of this.rows.all(query)) yield* rows.map(lineOf);
  }
}

const columns = ['position', 'at', 'actor', 'actor_id', 'action', 'subject', 'before', 'after', 'reason'];

function lineOf(row: AuditRow): string[] {
  const json = (value: unknown) => (value === null ? '' : JSON.stringify(value));
  return [
    String(row.position ?? ''),
    row.at.toISOString(),
    row.actor,
    row.actorId ?? '',
    row.action,
    row.subject,
    json(row.before),
    json(row.after),
    row.reason ?? '',
  ];
}

function flashOf({ broken, entries }: ChainState) {
  return broken
    ? ({ tone: 'bad', text: `The chain is broken: ${broken.words}` } as const)
    : ({ tone: 'good', text: `Checked ${entries} entries: nothing was changed.` } as const);
}
