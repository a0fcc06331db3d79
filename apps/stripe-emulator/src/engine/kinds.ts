import type Stripe from 'stripe';
import type {
  AccountRecord,
  AccountLinkRecord,
  LoginTokenRecord,
  OnboardingSession,
} from './account-record.js';
import { BILLING_INDEXES, type BillingKinds } from './billing-kinds.js';

/** Work that is due at a moment of the clock; it survives a restart. */
export interface TimerRecord {
  id: string;
  /** Milliseconds of the emulator's clock. */
  due: number;
  verb: string;
  args: string[];
  /** The test clock that it is due by; otherwise the emulator's own. */
  clock?: string;
}

export interface BalanceRecord {
  id: string;
  pending: number;
  available: number;
}

/** Some account has available money in a currency: the daily run looks at these and at nobody else. */
export interface SpendableRecord {
  id: string;
  account: string;
  currency: string;
}

/** What a platform must keep for a seller who owes more than they have. */
export interface ReserveRecord {
  id: string;
  /** Minor units of the platform's own balance, and their currency. */
  amount: number;
  currency: string;
}

/** An available balance transaction, and the automatic payout that paid it out: none yet, or one forever. */
export interface PayoutLine {
  id: string;
  currency: string;
  payout: string | null;
}

/** What a Checkout Session does when it is paid, and what it remembers between the buyer's clicks. */
export interface CheckoutPlan {
  id: string;
  items: Stripe.LineItem[];
  payment: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
  /** In `subscription` mode: what it is to be, and once somebody tried to pay, which it is. */
  subscription_data?: Stripe.Checkout.SessionCreateParams.SubscriptionData;
  subscription?: string;
  /** In `setup` mode. */
  setup?: Stripe.Checkout.SessionCreateParams.SetupIntentData;
}

/** Money that a customer has sent, minor units by currency. */
export interface CashBalanceRecord {
  id: string;
  available: Record<string, number>;
}

/** What a payment link sells, and the code in its address. */
export interface PaymentLinkPlan {
  id: string;
  code: string;
  items: Stripe.LineItem[];
  recurring: boolean;
}

/** The test number behind a payment method, a card or a token; none of their objects shows it. */
export interface InstrumentRecord {
  id: string;
  number: string;
  /** Its owner has agreed to payments without them. */
  setUp: boolean;
  /** Used without a customer, or detached: it can't be used again. */
  spent: boolean;
}

export interface CardInput {
  number: string;
  exp_month?: number;
  exp_year?: number;
  cvc?: string;
}

/** What the buyer types beside the card. */
export interface Buyer {
  email?: string;
  name?: string;
  phone?: string;
  country?: string;
  postal_code?: string;
  shipping?: { name: string; address: Partial<Stripe.Address> };
  /** Index into the session's shipping options. */
  shipping_option?: number;
  /** The card is kept for the next time. */
  save?: boolean;
}

export interface DeliveryAttempt {
  at: string;
  status: number | null;
  error: string | null;
}

export interface DeliveryRecord {
  id: string;
  event: string;
  event_type: string;
  account: string;
  endpoint: string;
  url: string;
  status: 'pending' | 'succeeded' | 'failed';
  attempts: DeliveryAttempt[];
  /** Wall time of the next try, milliseconds; null before the first and after the last. */
  retry_at: number | null;
}

/** The secret half of a webhook endpoint or event destination, never shown again after creation. */
export interface EndpointSecret {
  id: string;
  secret: string;
  connect: boolean;
}

export interface IdempotencyRecord {
  id: string;
  fingerprint: string;
  status: number;
  body: string;
  /** Milliseconds. */
  until: number;
}

/** The bytes of an uploaded file. */
export interface FileContent {
  id: string;
  base64: string;
}

export interface SettingRecord {
  id: string;
  value: unknown;
}

export type ThinEvent = Stripe.V2.Core.EventBase & {
  type: string;
  related_object: Stripe.V2.Core.Events.RelatedObject | null;
  data?: Record<string, unknown>;
};

/** Everything the emulator knows, by kind. Stripe's own objects are kept as the SDK types them. */
export interface Kinds extends BillingKinds {
  account: AccountRecord;
  account_link: AccountLinkRecord;
  onboarding: OnboardingSession;
  login_token: LoginTokenRecord;
  application_fee: Stripe.ApplicationFee;
  balance: BalanceRecord;
  balance_settings: Stripe.BalanceSettings & { id: string };
  balance_transaction: Stripe.BalanceTransaction;
  card: Stripe.Card;
  cash_balance: CashBalanceRecord;
  charge: Stripe.Charge;
  connect_reserve: ReserveRecord;
  checkout_plan: CheckoutPlan;
  checkout_session: Stripe.Checkout.Session;
  customer: Stripe.Customer;
  customer_cash_balance_transaction: Stripe.CustomerCashBalanceTransaction;
  delivery: DeliveryRecord;
  dispute: Stripe.Dispute;
  early_fraud_warning: Stripe.Radar.EarlyFraudWarning;
  endpoint_secret: EndpointSecret;
  event: Stripe.Event;
  event_destination: Stripe.V2.Core.EventDestination;
  fee_refund: Stripe.FeeRefund;
  file: Stripe.File;
  file_content: FileContent;
  file_link: Stripe.FileLink;
  idempotency: IdempotencyRecord;
  instrument: InstrumentRecord;
  mandate: Stripe.Mandate;
  payment_intent: Stripe.PaymentIntent;
  payment_link: Stripe.PaymentLink;
  payment_link_plan: PaymentLinkPlan;
  payment_method: Stripe.PaymentMethod;
  person: Stripe.Person;
  payout: Stripe.Payout;
  payout_line: PayoutLine;
  refund: Stripe.Refund;
  setting: SettingRecord;
  setup_attempt: Stripe.SetupAttempt;
  setup_intent: Stripe.SetupIntent;
  shipping_rate: Stripe.ShippingRate;
  overdrawn: SpendableRecord;
  spendable: SpendableRecord;
  thin_event: ThinEvent;
  timer: TimerRecord;
  token: Stripe.Token;
  topup: Stripe.Topup;
  transfer: Stripe.Transfer;
  transfer_reversal: Stripe.TransferReversal;
  webhook_endpoint: Stripe.WebhookEndpoint;
}

export type Kind = keyof Kinds;

/** Kinds whose ids mean something only inside the emulator. */
export const INTERNAL: ReadonlySet<Kind> = new Set<Kind>([
  'account_link',
  'onboarding',
  'login_token',
  'balance',
  'balance_settings',
  'cash_balance',
  'checkout_plan',
  'delivery',
  'endpoint_secret',
  'file_content',
  'idempotency',
  'instrument',
  'invoice_terms',
  'payment_link_plan',
  'payout_line',
  'price_tiers',
  'quote_items',
  'setting',
  'connect_reserve',
  'overdrawn',
  'spendable',
  'subscription_item_place',
  'timer',
]);

type IndexTable = { [K in Kind]?: Record<string, (row: Kinds[K]) => string | null | undefined> };

/** Text of an expandable field that was stored unexpanded. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}

/** Lists with these filters cost what they return, not what is stored. */
export const INDEXES: IndexTable = {
  ...BILLING_INDEXES,
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
  customer: {
    email: (customer) => customer.email,
    test_clock: (customer) => idOf(customer.test_clock),
  },
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
  payment_intent: { customer: (intent) => idOf(intent.customer) },
  payment_link_plan: { code: (plan) => plan.code },
  payment_method: { customer: (method) => idOf(method.customer) },
  payout: { status: (payout) => payout.status },
  payout_line: {
    payout: (line) => line.payout,
    open: (line) => (line.payout === null ? line.currency : null),
  },
  refund: {
    charge: (refund) => idOf(refund.charge),
    payment_intent: (refund) => idOf(refund.payment_intent),
    waiting: (refund) => (refund.pending_reason === 'insufficient_funds' ? 'yes' : null),
  },
  timer: { clock: (timer) => timer.clock },
  setup_attempt: { setup_intent: (attempt) => idOf(attempt.setup_intent) },
  setup_intent: {
    customer: (intent) => idOf(intent.customer),
    payment_method: (intent) => idOf(intent.payment_method),
  },
  transfer: {
    destination: (transfer) => idOf(transfer.destination),
    transfer_group: (transfer) => transfer.transfer_group,
    source_transaction: (transfer) => idOf(transfer.source_transaction),
  },
  thin_event: { type: (event) => event.type, object: (event) => event.related_object?.id },
  transfer_reversal: { transfer: (reversal) => idOf(reversal.transfer) },
};
