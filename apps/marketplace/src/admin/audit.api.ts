import { Controller, Get, Query } from '@nestjs/common';
import { AuditChain } from '#audit';
import { AdminOnly } from '../auth/index.js';
import { AuditQuery } from './audit.query.js';
import { AuditRows } from './audit.view.js';

@AdminOnly()
@Controller('api/v1/admin/audit')
export class AuditApi {
  constructor(
    private readonly rows: AuditRows,
    private readonly chain: AuditChain,
  ) {}

  /** Newest first; `next` and `previous` are cursors. */
  @Get()
  entries(@Query() query: AuditQuery) {
    return this.rows.page(query);
  }

  /** What the last check of the whole chain found. */
  @Get('chain')
  state() {
    return this.chain.state();
  }
}
