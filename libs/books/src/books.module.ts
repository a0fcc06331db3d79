import { Module } from '@nestjs/common';
import { LedgerModule } from '#ledger';
import { Books } from './books.js';
import { Matching } from './matching.js';
import { Mirror } from './mirror.js';

@Module({
  imports: [LedgerModule],
  providers: [Books, Matching, Mirror],
  exports: [Books, Mirror],
})
export class BooksModule {}
