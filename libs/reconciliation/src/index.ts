export { Differences, type DifferenceState, type DifferenceView } from './differences.js';
export { Reconciliation, type RunView } from './reconciliation.js';
export { ReconciliationModule } from './reconciliation.module.js';
