import { Controller, Get } from '@nestjs/common';
import { DomainError } from '#kernel';
import { Transactions } from '#platform';
import { Public } from '../auth/index.js';

@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly transactions: Transactions) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** The process can do its work: the database answers too. */
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    try {
      await this.transactions.query('select 1');
    } catch {
      throw new DomainError('database_unreachable', 'unavailable', 'The database does not answer.');
    }
    return { status: 'ready' };
  }
}
