import { Module } from '@nestjs/common';
import { LedgerModule } from '#ledger';
import { Books } from './books.js';
import { BooksView } from './books-view.js';
import { BooksCheck } from './check.js';
import { ComparisonTurns } from './comparison-turns.js';
import { CrossCheck } from './cross-check.js';
import { LedgerComparison } from './ledger-comparison.js';
import { Matching } from './matching.js';
import { Mirror } from './mirror.js';
import { MirrorComparison } from './mirror-comparison.js';
import { MirrorRounds } from './mirror-rounds.js';
import { Opening } from './opening.js';
import { Suspense } from './suspense.js';

@Module({
  imports: [LedgerModule],
  providers: [
    Books,
    BooksView,
    BooksCheck,
    ComparisonTurns,
    CrossCheck,
    LedgerComparison,
    Matching,
    Mirror,
    MirrorComparison,
    MirrorRounds,
    Opening,
    Suspense,
  ],
  exports: [Books, BooksView, BooksCheck, ComparisonTurns, Mirror, MirrorRounds, Suspense],
})
export class BooksModule {}
