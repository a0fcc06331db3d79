import { Injectable } from '@nestjs/common';
import { Money, Split } from '#kernel';
import { Transactions } from '#platform';
import type { CancelReason, OrderStatus } from './order.states.js';
import type { LineView, OrderView } from './order.views.js';

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
  readonly paid_at: Date | null;
  readonly shipped_at: Date | null;
  readonly canceled_at: Date | null;
  readonly cancel_reason: CancelReason | null;
}

interface LineRow {
  readonly id: string;
  readonly order_id: string;
  readonly variant_id: string;
  readonly listing_id: string;
  readonly title: string;
  readonly variant_name: string;
  readonly picture_url: string | null;
  readonly quantity: number;
  readonly unit_amount: bigint;
  readonly discount_amount: bigint;
  readonly discount_funder: 'seller' | 'platform' | null;
  readonly tax_amount: bigint;
  readonly tax_owed_by: 'seller' | 'platform' | null;
  readonly amount: bigint;
}

/** Orders as others see them: two queries, however many there are. */
@Injectable()
export class OrderReader {
  constructor(private readonly transactions: Transactions) {}

  /** `where` is one of ours over `o` (orders) with its parameters. In the order of purchase and position. */
  async find(where: string, parameters: readonly unknown[]): Promise<OrderView[]> {
    const rows = await this.transactions.query<OrderRow>(
      `select o.*, p.email from orders.orders o join orders.purchases p on p.id = o.purchase_id
       where ${where} order by o.purchase_id, o.position`,
      parameters,
    );
    if (rows.length === 0) return [];
    const lines = await this.transactions.query<LineRow>(
      `select * from orders.lines where order_id = any($1) order by order_id, position`,
      [rows.map((row) => row.id)],
    );
    const byOrder = Map.groupBy(lines, (line) => line.order_id);
    return rows.map((row) => orderView(row, byOrder.get(row.id) ?? []));
  }
}

function orderView(row: OrderRow, lines: readonly LineRow[]): OrderView {
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
    lines: lines.map((line) => lineView(line, row.currency)),
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
    unitPrice: Money.of(row.unit_amount, currency),
    discount: Money.of(row.discount_amount, currency),
    discountFunder: row.discount_funder,
    tax: Money.of(row.tax_amount, currency),
    taxOwedBy: row.tax_owed_by,
    amount: Money.of(row.amount, currency),
  };
}
