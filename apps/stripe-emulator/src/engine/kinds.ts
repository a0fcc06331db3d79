import type Stripe from 'stripe';
import type {
  AccountRecord,
  AccountLinkRecord,
  LoginTokenRecord,
  OnboardingSession,
} from './account-record.js';
import type { BillingKinds } from './billing-kinds.js';
import type {
  BalanceRecord,
  CashBalanceRecord,
  CheckoutPlan,
  ConfirmationMethod,
  DeliveryRecord,
  EndpointSecret,
  FileContent,
  IdempotencyRecord,
  InstrumentRecord,
  PaymentLinkPlan,
  PayoutLine,
  ReserveRecord,
  SettingRecord,
  SpendableRecord,
  ThinEvent,
  TimerRecord,
} from './records.js';

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
  confirmation_method: ConfirmationMethod;
  confirmation_token: Stripe.ConfirmationToken;
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
  'confirmation_method',
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

/** Text of an expandable field that was stored unexpanded. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}
