import { Injectable } from '@nestjs/common';
import { Money, Split } from '#kernel';
import { Transactions } from '#platform';
import type { CancelReason, OrderStatus } from './order.states.js';
import type { LineView, OrderView, PurchaseView } from './order.views.js';

export interface OrderRow {
  readonly id: string;
  readonly purchase_id: string;
  readonly position: number;
  readonly buyer_id: string | null;
  readonly email: string;
  readonly seller_id: string;
  readonly stripe_account: string;
  readonly currency: string;
  readonly status: OrderStatus;
  readonly items_amount: bigint;
  readonly discount_amount: bigint;
  readonly discount_funder: 'seller' | 'platform' | null;
  readonly shipping_amount: bigint;
  readonly tax_amount: bigint;
  readonly charged_amount: bigint;
  readonly application_fee_amount: bigint;
  readonly seller_net_amount: bigint;
  readonly fee_rule_id: string;
  readonly fee_percent_bps: number;
  readonly fee_fixed_amount: bigint;
  readonly ship_name: string;
  readonly ship_line1: string;
  readonly ship_line2: string | null;
  readonly ship_city: string;
  readonly ship_region: string | null;
  readonly ship_postcode: string | null;
  readonly ship_country: string;
  readonly ship_phone: string | null;
  readonly payment_intent_id: string | null;
  readonly charge_id: string | null;
  readonly transfer_id: string | null;
  readonly destination_payment_id: string | null;
  readonly application_fee_id: string | null;
  readonly refunded_amount: bigint;
  readonly carrier: string | null;
  readonly tracking_number: string | null;
  readonly created_at: Date;
  readonly purchased_at: Date;
  readonly paid_at: Date | null;
  readonly shipped_at: Date | null;
  readonly canceled_at: Date | null;
  readonly cancel_reason: CancelReason | null;
  readonly lines: readonly LineRow[];
}

/** Amounts come as text: JSON's numbers would round them. */
interface LineRow {
  readonly id: string;
  readonly variant_id: string;
  readonly listing_id: string;
  readonly title: string;
  readonly variant_name: string;
  readonly picture_url: string | null;
  readonly quantity: number;
  readonly unit_amount: string;
  readonly discount_amount: string;
  readonly discount_funder: 'seller' | 'platform' | null;
  readonly tax_amount: string;
  readonly tax_owed_by: 'seller' | 'platform' | null;
  readonly amount: string;
}

const select = `
  select o.*, p.email, p.created_at as purchased_at, (
    select json_agg(json_build_object(
      'id', l.id, 'variant_id', l.variant_id, 'listing_id', l.listing_id, 'title', l.title,
      'variant_name', l.variant_name, 'picture_url', l.picture_url, 'quantity', l.quantity,
      'unit_amount', l.unit_amount::text, 'discount_amount', l.discount_amount::text,
      'discount_funder', l.discount_funder, 'tax_amount', l.tax_amount::text, 'tax_owed_by', l.tax_owed_by,
      'amount', l.amount::text) order by l.position)
    from orders.lines l where l.order_id = o.id) as lines
  from orders.orders o join orders.purchases p on p.id = o.purchase_id`;

/** Orders as others see them, with their lines: one query, however many there are. */
@Injectable()
export class OrderReader {
  constructor(private readonly transactions: Transactions) {}

  /** `where` is one of ours over `o` (orders) with its parameters. In the order of purchase and position. */
  async find(where: string, parameters: readonly unknown[]): Promise<OrderView[]> {
    const rows = await this.transactions.query<OrderRow>(
      `${select} where ${where} order by o.purchase_id, o.position`,
      parameters,
    );
    return rows.map(orderView);
  }

  /** None is without orders: both are made in one transaction. */
  async purchase(id: string): Promise<Omit<PurchaseView, 'addressHidden' | 'state'> | null> {
    const rows = await this.transactions.query<OrderRow>(
      `${select} where o.purchase_id = $1 order by o.position`,
      [id],
    );
    const [first] = rows;
    if (!first) return null;
    const { buyer_id: buyerId, email, purchased_at: createdAt } = first;
    return { id, buyerId, email, createdAt, orders: rows.map(orderView) };
  }

  /** In a transaction: nobody else changes this order until it ends. */
  async lock(id: string): Promise<OrderView | null> {
    const [row] = await this.transactions.write<OrderRow>(`${select} where o.id = $1 for update of o`, [id]);
    return row ? orderView(row) : null;
  }
}

function orderView(row: OrderRow): OrderView {
  const money = (amount: bigint) => Money.of(amount, row.currency);
  return {
    id: row.id,
    purchaseId: row.purchase_id,
    position: row.position,
    buyerId: row.buyer_id,
    email: row.email,
    sellerId: row.seller_id,
    stripeAccount: row.stripe_account,
    currency: row.currency,
    status: row.status,
    items: money(row.items_amount),
    discount: money(row.discount_amount),
    discountFunder: row.discount_funder,
    shipping: money(row.shipping_amount),
    tax: money(row.tax_amount),
    split: new Split(
      money(row.charged_amount),
      money(row.seller_net_amount),
      money(row.application_fee_amount),
      money(row.tax_amount),
    ),
    feeRule: { id: row.fee_rule_id, percentBps: row.fee_percent_bps, fixed: money(row.fee_fixed_amount) },
    shipTo: {
      name: row.ship_name,
      line1: row.ship_line1,
      line2: row.ship_line2,
      city: row.ship_city,
      region: row.ship_region,
      postcode: row.ship_postcode,
      country: row.ship_country,
      phone: row.ship_phone,
    },
    lines: row.lines.map((line) => lineView(line, row.currency)),
    paymentIntentId: row.payment_intent_id,
    chargeId: row.charge_id,
    transferId: row.transfer_id,
    destinationPaymentId: row.destination_payment_id,
    applicationFeeId: row.application_fee_id,
    refunded: money(row.refunded_amount),
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    createdAt: row.created_at,
    paidAt: row.paid_at,
    shippedAt: row.shipped_at,
    canceledAt: row.canceled_at,
    cancelReason: row.cancel_reason,
  };
}

function lineView(row: LineRow, currency: string): LineView {
  return {
    id: row.id,
    variantId: row.variant_id,
    listingId: row.listing_id,
    title: row.title,
    variantName: row.variant_name,
    pictureUrl: row.picture_url,
    quantity: row.quantity,
    unitPrice: Money.of(BigInt(row.unit_amount), currency),
    discount: Money.of(BigInt(row.discount_amount), currency),
    discountFunder: row.discount_funder,
    tax: Money.of(BigInt(row.tax_amount), currency),
    taxOwedBy: row.tax_owed_by,
    amount: Money.of(BigInt(row.amount), currency),
  };
}
