import { idOf, type Kind, type Kinds } from './kinds.js';

type IndexTable = { [K in Kind]?: Record<string, (row: Kinds[K]) => string | null | undefined> };

/** Lists with these filters cost what they return, not what is stored. */
export const INDEXES: IndexTable = {
  account: { closed: (record) => (record.platform ? null : record.closed ? 'closed' : 'open') },
  application_fee: { charge: (fee) => idOf(fee.charge) },
  balance_transaction: {
    source: (row) => idOf(row.source as string),
    due: (row) => (row.status === 'pending' ? `${row.currency}:${row.available_on}` : null),
    type: (row) => row.type,
  },
  card: { customer: (card) => idOf(card.customer) },
  charge: {
    customer: (charge) => idOf(charge.customer),
    payment_intent: (charge) => idOf(charge.payment_intent),
    transfer_group: (charge) => charge.transfer_group,
  },
  checkout_plan: { subscription: (plan) => plan.subscription },
  checkout_session: {
    customer: (session) => idOf(session.customer),
    payment_link: (session) => idOf(session.payment_link),
    setup_intent: (session) => idOf(session.setup_intent),
    payment_intent: (session) => idOf(session.payment_intent),
    status: (session) => session.status,
  },
  credit_note: { invoice: (note) => idOf(note.invoice) },
  customer: {
    email: (customer) => customer.email,
    test_clock: (customer) => idOf(customer.test_clock),
  },
  customer_balance_transaction: { customer: (row) => idOf(row.customer) },
  customer_cash_balance_transaction: { customer: (row) => idOf(row.customer) },
  delivery: {
    event: (delivery) => delivery.event,
    endpoint: (delivery) => delivery.endpoint,
    status: (delivery) => delivery.status,
  },
  dispute: {
    charge: (dispute) => idOf(dispute.charge),
    payment_intent: (dispute) => idOf(dispute.payment_intent),
  },
  early_fraud_warning: {
    charge: (warning) => idOf(warning.charge),
    payment_intent: (warning) => idOf(warning.payment_intent),
  },
  event: { type: (event) => event.type },
  fee_refund: { fee: (refund) => idOf(refund.fee) },
  invoice: {
    customer: (invoice) => idOf(invoice.customer),
    status: (invoice) => invoice.status,
    subscription: (invoice) => idOf(invoice.parent?.subscription_details?.subscription),
  },
  invoice_item: {
    customer: (item) => idOf(item.customer),
    invoice: (item) => idOf(item.invoice),
    waiting: (item) => (item.invoice === null ? idOf(item.customer) : null),
  },
  invoice_payment: {
    invoice: (payment) => idOf(payment.invoice),
    payment_intent: (payment) => idOf(payment.payment.payment_intent),
  },
  payment_intent: { customer: (intent) => idOf(intent.customer) },
  payment_link_plan: { code: (plan) => plan.code },
  payment_method: { customer: (method) => idOf(method.customer) },
  payout: { status: (payout) => payout.status },
  payout_line: {
    payout: (line) => line.payout,
    open: (line) => (line.payout === null ? line.currency : null),
  },
  price: { lookup_key: (price) => price.lookup_key, product: (price) => idOf(price.product) },
  promotion_code: { word: (code) => code.code.toLowerCase() },
  quote: { customer: (quote) => idOf(quote.customer) },
  refund: {
    charge: (refund) => idOf(refund.charge),
    payment_intent: (refund) => idOf(refund.payment_intent),
    waiting: (refund) => (refund.pending_reason === 'insufficient_funds' ? 'yes' : null),
  },
  setup_attempt: { setup_intent: (attempt) => idOf(attempt.setup_intent) },
  setup_intent: {
    customer: (intent) => idOf(intent.customer),
    payment_method: (intent) => idOf(intent.payment_method),
  },
  subscription: {
    customer: (subscription) => idOf(subscription.customer),
    status: (subscription) => subscription.status,
  },
  thin_event: { type: (event) => event.type, object: (event) => event.related_object?.id },
  timer: { clock: (timer) => timer.clock },
  transfer: {
    destination: (transfer) => idOf(transfer.destination),
    transfer_group: (transfer) => transfer.transfer_group,
    source_transaction: (transfer) => idOf(transfer.source_transaction),
  },
  transfer_reversal: { transfer: (reversal) => idOf(reversal.transfer) },
};
