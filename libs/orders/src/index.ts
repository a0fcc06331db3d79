export {
  OrderCanceled,
  OrderPaid,
  OrderPlaced,
  OrderProcessing,
  OrderRefunded,
  OrderShipped,
} from './order.events.js';
export { type OrderFilter, OrderLists } from './order-lists.js';
export { OrderPayments, type PaidOutcome, type PaymentFacts } from './order-payments.js';
export { type CancelReason, cancelWords, orderStatuses, type OrderStatus } from './order.states.js';
export type { LineView, OrderRowView, OrderView, PurchaseView, ShipTo } from './order.views.js';
export { OrdersModule } from './orders.module.js';
export { Orders, type Seeker } from './orders.service.js';
export { type DraftLine, type OrderDraft, PlaceOrder } from './place-order.js';
export { type Quote, Quotes } from './quotes.js';
export { type Parcel, Shipping } from './shipping.js';
export type { Discount, DraftGoods, Figures } from './split.rules.js';
