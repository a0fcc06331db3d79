import type Stripe from 'stripe';
import { toSafeNumber } from '#kernel';
import type { LineView, OrderView } from '#orders';

type SessionCreateParams = Stripe.Checkout.SessionCreateParams;

/** Stripe's own range is 30 minutes to 24 hours: near its least, since it holds stock, with room for a call that is repeated. */
export const SESSION_LIFE_MS = 35 * 60 * 1000;

/** The end of a payment page that is made now, as Stripe wants it: whole seconds. */
export const sessionEnd = (now: Date): number => Math.floor((now.getTime() + SESSION_LIFE_MS) / 1000);

/** Stripe takes no more lines in one session (SessionCreateParams.line_items). */
const MAX_LINES = 100;

export interface SessionFrame {
  /** Our row of this attempt, `cks_…`. */
  readonly attemptId: string;
  readonly sellerName: string;
  /** A Stripe customer for a signed-in buyer; a guest is known by the e-mail address alone. */
  readonly customer: string | null;
  readonly publicUrl: string;
  /** Stripe's time, not ours. */
  readonly now: Date;
}

/**
 * The exact request for one order: a destination charge with the frozen split. What the lines come to is what the order
 * is charged, to the last unit: a discounted line is sent as one piece with its exact total, shipping as a line of its
 * own (a shipping rate would depend on what Stripe's page lets the buyer choose).
 */
export function sessionRequest(order: OrderView, frame: SessionFrame): SessionCreateParams {
  const { split } = order;
  const ids = { purchase_id: order.purchaseId, order_id: order.id, attempt: frame.attemptId };
  const page = `${frame.publicUrl}/purchases/${order.purchaseId}`;
  return {
    mode: 'payment',
    submit_type: 'pay',
    line_items: lineItems(order, frame.sellerName),
    payment_intent_data: {
      // Stripe refuses a fee of zero.
      ...(!split.applicationFee.isZero && {
        application_fee_amount: toSafeNumber(split.applicationFee.amount),
      }),
      transfer_data: { destination: order.stripeAccount },
      transfer_group: order.purchaseId,
      description: `Order ${order.id} from ${frame.sellerName}`,
      shipping: shipping(order),
      metadata: ids,
    },
    metadata: ids,
    client_reference_id: order.purchaseId,
    ...(frame.customer ? { customer: frame.customer } : { customer_email: order.email }),
    success_url: `${page}?back=paid`,
    cancel_url: `${page}?back=left`,
    expires_at: sessionEnd(frame.now),
    // Otherwise the dashboard decides whether the buyer pays in another currency than the order's.
    adaptive_pricing: { enabled: false },
  };
}

function lineItems(order: OrderView, sellerName: string): Stripe.Checkout.SessionCreateParams.LineItem[] {
  const items = order.lines.map((line) =>
    line.discount.isZero
      ? item(nameOf(line), line.unitPrice.amount, line.quantity, order.currency)
      : item(discountedName(line), line.amount.amount, 1, order.currency),
  );
  const shipping = order.shipping.isZero
    ? []
    : [item(`Shipping from ${sellerName}`, order.shipping.amount, 1, order.currency)];
  const room = MAX_LINES - shipping.length;
  if (items.length <= room) return [...items, ...shipping];
  // The last lines become one with their exact total; our own pages and receipt list every one of them.
  const folded = order.lines.slice(room - 1);
  const total = folded.reduce((sum, line) => sum + line.amount.amount, 0n);
  const rest = item(`${folded.length} more kinds of goods`, total, 1, order.currency);
  return [...items.slice(0, room - 1), rest, ...shipping];
}

function item(
  name: string,
  amount: bigint,
  quantity: number,
  currency: string,
): Stripe.Checkout.SessionCreateParams.LineItem {
  return {
    quantity,
    price_data: { currency, unit_amount: toSafeNumber(amount), product_data: { name } },
  };
}

function nameOf(line: LineView): string {
  return `${line.title} (${line.variantName})`;
}

function discountedName(line: LineView): string {
  return line.quantity === 1 ? nameOf(line) : `${nameOf(line)} × ${line.quantity}`;
}

function shipping({ shipTo }: OrderView): Stripe.Checkout.SessionCreateParams.PaymentIntentData.Shipping {
  return {
    name: shipTo.name,
    ...(shipTo.phone && { phone: shipTo.phone }),
    address: {
      line1: shipTo.line1,
      ...(shipTo.line2 && { line2: shipTo.line2 }),
      city: shipTo.city,
      ...(shipTo.region && { state: shipTo.region }),
      ...(shipTo.postcode && { postal_code: shipTo.postcode }),
      country: shipTo.country,
    },
  };
}
