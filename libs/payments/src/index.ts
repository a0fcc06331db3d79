export { type AttentionKind, type AttentionView, PaymentAttention } from './attention.js';
export { ChargeNeedsRefund } from './payments.events.js';
export { PaymentsModule } from './payments.module.js';
export { Payments, type SessionView } from './payments.service.js';
export type { Decline } from './pictures.js';
