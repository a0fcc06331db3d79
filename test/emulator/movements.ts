import type Stripe from 'stripe';
import type { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { idOf } from '../../apps/stripe-emulator/src/engine/kinds.js';

/** Every movement of a balance belongs to an object, and moves what that object says: no more, and not twice. */
export function checkMovements(engine: Engine): void {
  for (const { id: account } of engine.store.all('account', '')) {
    const sums = new Map<string, number>();
    const exchanged = new Set<string>();
    for (const { type, amount, source, exchange_rate } of engine.store.all('balance_transaction', account)) {
      if (type === 'stripe_fee' || type === 'reserved_funds') continue;
      const id = idOf(source as string)!;
      sums.set(id, (sums.get(id) ?? 0) + amount);
      if (exchange_rate !== null) exchanged.add(id);
    }
    // It moved another currency than its object names, and may have come back at the rate of another day.
    for (const id of exchanged) sums.delete(id);
    for (const [id, sum] of sums) expect([id, sum]).toEqual([id, movedBy(engine, account, id)]);
  }
}

/** What an object as it is now has moved in an account, before fees. */
function movedBy({ store, platform }: Engine, account: string, id: string): number {
  switch (id.split('_')[0]) {
    case 'ch':
    case 'py': {
      const { status, captured, amount_captured } = store.need('charge', account, id);
      return status === 'succeeded' && captured ? amount_captured : 0;
    }
    case 're':
    case 'pyr': {
      const { status, amount, balance_transaction } = store.need('refund', account, id);
      return balance_transaction === null || status === 'failed' ? 0 : -amount;
    }
    case 'po': {
      const { status, amount } = store.need('payout', account, id);
      return status === 'failed' || status === 'canceled' ? 0 : -amount;
    }
    case 'tu': {
      const { status, amount } = store.need('topup', account, id);
      return status === 'succeeded' ? amount : 0;
    }
    case 'tr':
      return -store.need('transfer', account, id).amount;
    case 'trr':
      return store.need('transfer_reversal', account, id).amount;
    case 'fee': {
      const { amount, amount_refunded } = store.need('application_fee', account, id);
      return amount - amount_refunded;
    }
    case 'fr':
      return store.need('fee_refund', platform, id).amount;
    case 'du': {
      const { status, amount } = store.need('dispute', account, id);
      return status === 'won' || status.startsWith('warning_') ? 0 : -amount;
    }
    default:
      throw new Error(`nothing is known that moves money and is called ${id}`);
  }
}

/** An invoice is paid once, by what was due of it, and its credit notes take no more than there was. */
export function checkInvoices(engine: Engine): void {
  for (const { id: account } of engine.store.all('account', '')) {
    for (const invoice of engine.store.all('invoice', account))
      if (invoice.status !== 'draft') checkInvoice(engine, account, invoice);
    for (const { id: customer, balance } of engine.store.all('customer', account)) {
      const posted = engine.store.by('customer_balance_transaction', account, 'customer', customer);
      expect([customer, sum(posted, 'amount')]).toEqual([customer, balance]);
    }
  }
}

function checkInvoice(engine: Engine, account: string, invoice: Stripe.Invoice): void {
  const { store } = engine;
  const { id, status, amount_due: due, amount_paid: paid, amount_remaining: remaining } = invoice;
  const notes = store.by('credit_note', account, 'invoice', id).filter((note) => note.status === 'issued');
  const pre = invoice.pre_payment_credit_notes_amount;
  const post = invoice.post_payment_credit_notes_amount;
  expect([id, sum(notes, 'pre_payment_amount'), sum(notes, 'post_payment_amount')]).toEqual([id, pre, post]);
  expect(post).toBeLessThanOrEqual(paid);
  expect([id, due]).toEqual([id, invoice.total + invoice.starting_balance - invoice.ending_balance! - pre]);
  expect([id, remaining]).toEqual([id, due - paid]);
  if (status === 'paid') expect([id, remaining]).toEqual([id, 0]);

  const payments = store.by('invoice_payment', account, 'invoice', id);
  const intents = payments.map(({ payment }) =>
    store.need('payment_intent', account, idOf(payment.payment_intent)!),
  );
  const received = sum(intents, 'amount_received');
  expect([id, received]).toEqual([id, paid - (invoice.amount_paid_off_stripe ?? 0)]);
  const open = intents.filter((intent) => !['succeeded', 'canceled'].includes(intent.status));
  expect([id, sum(open, 'amount')]).toEqual([id, open.length > 0 ? remaining : 0]);
  if (status === 'paid' || status === 'void') expect([id, open.length]).toEqual([id, 0]);

  const charges = intents.map((intent) => idOf(intent.latest_charge)).filter((charge) => charge !== null);
  const refunded = charges.map((charge) => store.need('charge', account, charge));
  const returned = notes
    .flatMap((note) => note.refunds)
    .filter(({ refund }) => isStanding(engine, account, refund));
  expect(sum(returned, 'amount_refunded')).toBeLessThanOrEqual(sum(refunded, 'amount_refunded'));
}

function isStanding({ store }: Engine, account: string, refund: string | Stripe.Refund): boolean {
  return store.need('refund', account, idOf(refund)!).status !== 'failed';
}

function sum<K extends string>(rows: readonly Record<K, number>[], field: K): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
