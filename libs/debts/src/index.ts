export { type DebtStatus, debtStatuses } from './debt.states.js';
export { DebtsModule } from './debts.module.js';
export { type DebtFilter, Debts, type DebtView } from './debts.service.js';
