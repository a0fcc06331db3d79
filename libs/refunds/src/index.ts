export { type Attribution, OutsideRefunds } from './outside-refunds.js';
export { type RefundFilter, RefundLists, type RefundQueue, refundQueues } from './refund-lists.js';
export type { RefundPlan } from './refund.rules.js';
export { type FeeStep, type RefundStatus, refundStatuses, type ReversalStep } from './refund.states.js';
export type { RefundOrigin, RefundView } from './refund.view.js';
export { RefundsModule } from './refunds.module.js';
export { type RefundPreview, Refunds, type RefundWish } from './refunds.service.js';
