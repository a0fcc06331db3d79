import { Injectable } from '@nestjs/common';
import { Stock } from '#catalog';
import { Fees } from '#fees';
import { Clock, DomainError, InvariantError, type Money, newId } from '#kernel';
import { Transactions } from '#platform';
import { Sellers } from '#sellers';
import type { ShipTo } from './order.views.js';
import { type Discount, figure, type Figures } from './split.rules.js';

export interface DraftLine {
  readonly variantId: string;
  readonly listingId: string;
  readonly title: string;
  readonly variantName: string;
  readonly pictureUrl: string | null;
  readonly quantity: number;
  readonly unitPrice: Money;
}

export interface OrderDraft {
  readonly purchaseId: string;
  readonly position: number;
  readonly buyerId: string | null;
  readonly sellerId: string;
  readonly currency: string;
  readonly lines: readonly DraftLine[];
  readonly shipping: Money;
  readonly discount: Discount | null;
  readonly shipTo: ShipTo;
}

/** Places an order: the seller may sell, the split is frozen, the stock is held; all in the caller's transaction. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly transactions: Transactions,
    private readonly sellers: Sellers,
    private readonly fees: Fees,
    private readonly stock: Stock,
    private readonly clock: Clock,
  ) {}

  /** Answers the order's id. Throws `seller_not_selling`, `fee_rule_missing`, `amount_too_small` or `out_of_stock`. */
  async place(draft: OrderDraft): Promise<string> {
    const seller = await this.sellers.sellable(draft.sellerId);
    if (seller.currency !== draft.currency)
      throw new InvariantError(`${draft.sellerId} sells in ${seller.currency}, not in ${draft.currency}`);
    requireLines(draft);
    const rule = await this.fees.ruleInForce(draft.currency, this.clock.now());
    const figures = figure(draft, rule, draft.discount);
    const id = newId('ord');
    const { split } = figures;
    const to = draft.shipTo;
    await this.transactions.write(
      `insert into orders.orders (id, purchase_id, position, buyer_id, seller_id, stripe_account, currency, status,
         items_amount, discount_amount, discount_funder, shipping_amount, tax_amount, charged_amount,
         application_fee_amount, seller_net_amount, fee_rule_id, fee_percent_bps, fee_fixed_amount,
         ship_name, ship_line1, ship_line2, ship_city, ship_region, ship_postcode, ship_country, ship_phone, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'awaiting_payment', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
         $19, $20, $21, $22, $23, $24, $25, $26, $27)`,
      [
        id, draft.purchaseId, draft.position, draft.buyerId, draft.sellerId, seller.stripeAccount, draft.currency,
        figures.items.amount, figures.discount.amount, figures.discountFunder, figures.shipping.amount,
        figures.tax.amount, split.charged.amount, split.applicationFee.amount, split.sellerNet.amount,
        rule.id, rule.percentBps, rule.fixed.amount,
        to.name, to.line1, to.line2, to.city, to.region, to.postcode, to.country, to.phone, this.clock.now(),
      ], // prettier-ignore
    );
    await this.insertLines(id, draft, figures);
    await this.stock.reserve(id, draft.lines);
    return id;
  }

  private async insertLines(orderId: string, draft: OrderDraft, figures: Figures): Promise<void> {
    const rows = draft.lines.map((line, position) => {
      const discount = figures.lineDiscounts[position]!;
      return {
        id: newId('lin'),
        position,
        variant_id: line.variantId,
        listing_id: line.listingId,
        title: line.title,
        variant_name: line.variantName,
        picture_url: line.pictureUrl,
        quantity: line.quantity,
        unit_amount: String(line.unitPrice.amount),
        discount_amount: String(discount.amount),
        discount_funder: discount.isZero ? null : figures.discountFunder,
        amount: String(line.unitPrice.times(line.quantity).minus(discount).amount),
      };
    });
    await this.transactions.write(
      `insert into orders.lines (order_id, id, position, variant_id, listing_id, title, variant_name, picture_url,
         quantity, unit_amount, discount_amount, discount_funder, amount)
       select $1, * from json_to_recordset($2::json) as line (id text, position int, variant_id text, listing_id text,
         title text, variant_name text, picture_url text, quantity int, unit_amount bigint, discount_amount bigint,
         discount_funder text, amount bigint)`,
      [orderId, JSON.stringify(rows)],
    );
  }
}

function requireLines(draft: OrderDraft): void {
  if (draft.lines.length > 0) return;
  throw new DomainError('order_empty', 'invalid', 'Add something to the cart first.');
}
