import type { Money, Split } from '#kernel';
import type { FeeRule } from '#fees';
import type { CancelReason, OrderStatus } from './order.states.js';

export interface ShipTo {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postcode: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  readonly phone: string | null;
}

export interface LineView {
  readonly id: string;
  readonly variantId: string;
  readonly listingId: string;
  readonly title: string;
  readonly variantName: string;
  readonly pictureUrl: string | null;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly discount: Money;
  readonly discountFunder: 'seller' | 'platform' | null;
  readonly tax: Money;
  readonly taxOwedBy: 'seller' | 'platform' | null;
  /** Unit price × quantity − discount + tax. */
  readonly amount: Money;
}

/** A row of a list. */
export interface OrderRowView {
  readonly id: string;
  readonly purchaseId: string;
  readonly buyerId: string | null;
  readonly sellerId: string;
  readonly shipToName: string;
  readonly status: OrderStatus;
  readonly charged: Money;
  readonly applicationFee: Money;
  readonly sellerNet: Money;
  readonly refunded: Money;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  /** "Bowl, Teapot and 2 more" is made of these. */
  readonly titles: readonly string[];
  readonly pieces: number;
}

export interface OrderView {
  readonly id: string;
  readonly purchaseId: string;
  /** Its place in the purchase, from 0; orders are paid in this order. */
  readonly position: number;
  readonly buyerId: string | null;
  readonly email: string;
  readonly sellerId: string;
  readonly stripeAccount: string;
  readonly currency: string;
  readonly status: OrderStatus;
  readonly items: Money;
  readonly discount: Money;
  readonly discountFunder: 'seller' | 'platform' | null;
  readonly shipping: Money;
  readonly tax: Money;
  readonly split: Split;
  /** The rule it was sold under. */
  readonly feeRule: FeeRule;
  readonly shipTo: ShipTo;
  readonly lines: readonly LineView[];
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  readonly transferId: string | null;
  readonly destinationPaymentId: string | null;
  readonly applicationFeeId: string | null;
  readonly refunded: Money;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly canceledAt: Date | null;
  readonly cancelReason: CancelReason | null;
}

/** Everything a buyer bought at once. */
export interface PurchaseView {
  readonly id: string;
  readonly buyerId: string | null;
  readonly email: string;
  readonly createdAt: Date;
  readonly orders: readonly OrderView[];
  /** Asked for by an old link alone: e-mail, names and addresses are left out, the country stays. */
  readonly addressHidden: boolean;
  /** paid: all of it; part_paid: some is paid and some is not; open: can still be paid; canceled: nothing is left to pay. */
  readonly state: 'open' | 'processing' | 'part_paid' | 'paid' | 'canceled';
}
