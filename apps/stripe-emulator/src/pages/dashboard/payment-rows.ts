import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { everywhere, mergedSlice, type Found, type Slice } from '../cursors.js';

/** What somebody paid or tried to pay: by an intent, or, as of old, by a charge alone. */
export interface Payment {
  /** Whose payment it is: the platform's, or for a direct charge the seller's. */
  account: string;
  intent: Stripe.PaymentIntent | null;
  charge: Stripe.Charge | undefined;
  /** What says how much, and when. */
  subject: Stripe.PaymentIntent | Stripe.Charge;
}

type Row = Found<'charge' | 'payment_intent'>;

/** Everybody's payments, newest first: direct charges stand among those of the platform. */
export function paymentsOf(
  engine: Engine,
  part: { after?: string | undefined; limit?: number; filter?: (payment: Payment) => boolean },
): Slice<Payment> {
  const sources = everywhere(engine, ['payment_intent', 'charge'], (row) => row.created);
  const slice = mergedSlice(engine, sources, {
    ...part,
    filter: (row) => isPayment(row.row) && (!part.filter || part.filter(paymentOf(engine, row))),
  });
  return { ...slice, rows: slice.rows.map((row) => paymentOf(engine, row)) };
}

/** An intent's charges are shown with it, and what a transfer brings to a seller was paid elsewhere. */
const isPayment = (row: Row['row']): boolean =>
  row.object === 'payment_intent' || (row.payment_intent === null && row.source_transfer === null);

function paymentOf(engine: Engine, { account, row }: Row): Payment {
  if (row.object === 'charge') return { account, intent: null, charge: row, subject: row };
  const id = idOf(row.latest_charge);
  return {
    account,
    intent: row,
    charge: id ? engine.store.get('charge', account, id) : undefined,
    subject: row,
  };
}

/** @throws Refusal `resource_missing` where no account has such a payment. */
export function needPayment(engine: Engine, id: string): Payment {
  const place = engine.store.locate(id);
  if (place?.kind !== 'payment_intent' && place?.kind !== 'charge') throw missing('payment_intent', id);
  const { kind, account } = place;
  return paymentOf(engine, { account, row: engine.store.need(kind, account, id) });
}

/** Who is paid by it: by a direct charge, as its destination, or out of it by transfers. */
export function sellersOf(engine: Engine, { account, subject, charge }: Omit<Payment, 'intent'>): string[] {
  if (account !== engine.platform) return [account];
  const destination = idOf(subject.transfer_data?.destination);
  if (destination) return [destination];
  const transfers = charge ? engine.store.by('transfer', account, 'source_transaction', charge.id) : [];
  return [...new Set(transfers.map((transfer) => idOf(transfer.destination)!))];
}

/** What a dispute is about. */
export function disputedPayment(engine: Engine, dispute: Stripe.Dispute): Payment {
  return needPayment(engine, idOf(dispute.payment_intent) ?? idOf(dispute.charge)!);
}
