import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { Transactions } from '#platform';

/** What is known of a charge, for those who give money back. Amounts that Stripe changed are as it last said. */
export interface ChargeView {
  readonly id: string;
  readonly sellerId: string;
  readonly stripeAccount: string;
  readonly paymentIntent: string;
  readonly presentment: Money;
  /** Null until Stripe has booked it. */
  readonly settlement: Money | null;
  readonly transferId: string | null;
  readonly destinationPaymentId: string | null;
  readonly applicationFeeId: string | null;
  readonly applicationFee: Money;
  readonly refunded: Money;
  readonly feeRefunded: Money;
  readonly reversed: Money;
  readonly disputed: boolean;
  readonly chargedAt: Date;
}

interface Row {
  readonly id: string;
  readonly seller_id: string;
  readonly stripe_account: string;
  readonly payment_intent: string;
  readonly presentment_amount: bigint;
  readonly presentment_currency: string;
  readonly settlement_amount: bigint | null;
  readonly settlement_currency: string | null;
  readonly transfer_id: string | null;
  readonly destination_payment_id: string | null;
  readonly application_fee_id: string | null;
  readonly application_fee_amount: bigint;
  readonly refunded_amount: bigint;
  readonly fee_refunded_amount: bigint;
  readonly reversed_amount: bigint;
  readonly disputed: boolean;
  readonly charged_at: Date;
}

/** Charges by the orders they paid. */
@Injectable()
export class ChargeReader {
  constructor(private readonly transactions: Transactions) {}

  /** Usually one; a second is a payment that has to go back. Oldest first. */
  async ofOrder(orderId: string): Promise<ChargeView[]> {
    const rows = await this.transactions.query<Row>(
      `select * from payments.charges
       where id in (select charge_id from payments.allocations where order_id = $1) order by charged_at, id`,
      [orderId],
    );
    return rows.map(view);
  }

  /** In a transaction: nobody else gives back of this charge until it ends. */
  async lock(id: string): Promise<ChargeView | null> {
    const [row] = await this.transactions.write<Row>(
      `select * from payments.charges where id = $1 for update`,
      [id],
    );
    return row ? view(row) : null;
  }
}

function view(row: Row): ChargeView {
  const money = (amount: bigint) => Money.of(amount, row.presentment_currency);
  return {
    id: row.id,
    sellerId: row.seller_id,
    stripeAccount: row.stripe_account,
    paymentIntent: row.payment_intent,
    presentment: money(row.presentment_amount),
    settlement:
      row.settlement_amount === null ? null : Money.of(row.settlement_amount, row.settlement_currency!),
    transferId: row.transfer_id,
    destinationPaymentId: row.destination_payment_id,
    applicationFeeId: row.application_fee_id,
    applicationFee: money(row.application_fee_amount),
    refunded: money(row.refunded_amount),
    feeRefunded: money(row.fee_refunded_amount),
    reversed: money(row.reversed_amount),
    disputed: row.disputed,
    chargedAt: row.charged_at,
  };
}
