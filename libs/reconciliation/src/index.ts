export { type DifferenceState, type DifferenceView, Reconciliation, type RunView } from './reconciliation.js';
export { ReconciliationModule } from './reconciliation.module.js';
