export { accounts, PLATFORM } from './accounts.js';
export { Ledger } from './ledger.js';
export { LedgerModule } from './ledger.module.js';
export type {
  DailyTotal,
  Fingerprint,
  LedgerEffect,
  LedgerFault,
  LedgerTransaction,
  Posting,
} from './ledger.types.js';
export { LedgerVerification } from './verify.js';
