export { Books } from './books.js';
export { BooksModule } from './books.module.js';
export { type BalanceView, type BooksLineView, BooksView } from './books-view.js';
export { BooksCheck } from './check.js';
export { ComparisonTurns } from './comparison-turns.js';
export type { MirrorRow } from './legs.rules.js';
export { requestOptions, toRow } from './balance-transactions.stripe.js';
export { Mirror } from './mirror.js';
export { MirrorRounds } from './mirror-rounds.js';
export type { Prediction } from './predictions.js';
export {
  accountName,
  type BooksLine,
  type BooksReport,
  type CheckOptions,
  type Difference,
  difference,
  PartOfTheBooks,
} from './report.js';
export { type LegName, Suspense, type SuspenseTarget, suspenseTargets } from './suspense.js';
