import type Stripe from 'stripe';

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

/** The payment method behind a confirmation token, which only shows it. */
export interface ConfirmationMethod {
  id: string;
  method: string;
}
