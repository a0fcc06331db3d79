export { AuditChain, type ChainState } from './audit-chain.js';
export { AuditModule } from './audit.module.js';
export { Audit, type AuditEntryView, type AuditFilter, type AuditNote } from './audit.service.js';
