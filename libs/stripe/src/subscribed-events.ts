/**
 * The three event destinations and what each subscribes to. A door is where we receive; it has secrets of its own.
 * Every type here has exactly one owner among the `@StripeObject`s, or start-up fails.
 */
export type Door = 'payments' | 'accounts' | 'accounts_thin';

export const subscribedEvents: Readonly<Record<Door, readonly string[]>> = {
  /** Snapshot events of the platform's own account. */
  payments: [
    'checkout.session.completed',
    'checkout.session.expired',
    'checkout.session.async_payment_succeeded',
    'checkout.session.async_payment_failed',
    'payment_intent.payment_failed',
    'payment_intent.succeeded',
    'payment_intent.canceled',
    'charge.succeeded',
    'charge.updated',
    'charge.refunded',
    'refund.created',
    'refund.updated',
    'refund.failed',
    'application_fee.created',
    'application_fee.refunded',
    'transfer.created',
    'transfer.reversed',
    'payout.created',
    'payout.updated',
    'payout.paid',
    'payout.failed',
    'payout.canceled',
    'payout.reconciliation_completed',
  ],
  /** Snapshot events of connected accounts; each carries `account`. */
  accounts: [
    'account.updated',
    'account.application.deauthorized',
    'account.external_account.created',
    'account.external_account.updated',
    'account.external_account.deleted',
    'capability.updated',
    'payout.created',
    'payout.updated',
    'payout.paid',
    'payout.failed',
    'payout.canceled',
    'payout.reconciliation_completed',
  ],
  /** Thin events of Accounts v2: they name an object and carry no copy of it. */
  accounts_thin: [
    'v2.core.account.updated',
    'v2.core.account.closed',
    'v2.core.account[requirements].updated',
    'v2.core.account[configuration.recipient].updated',
    'v2.core.account[configuration.recipient].capability_status_updated',
  ],
};

export const doorPaths: Readonly<Record<Door, string>> = {
  payments: '/webhooks/payments',
  accounts: '/webhooks/accounts',
  accounts_thin: '/webhooks/accounts/thin',
};
