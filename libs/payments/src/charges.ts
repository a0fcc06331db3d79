import { Injectable } from '@nestjs/common';
import { Books } from '#books';
import { InvariantError, Money } from '#kernel';
import { OrderPayments, type OrderView } from '#orders';
import { Outbox, Transactions } from '#platform';
import { PaymentAttention } from './attention.js';
import { asMoved } from './converted.rules.js';
import { ChargeNeedsRefund } from './payments.events.js';
import type { ChargePicture } from './pictures.js';
import type { SessionRow } from './session-rows.js';

interface Known {
  readonly transfer_id: string | null;
  readonly application_fee_id: string | null;
}

/** Charges taken in: what was paid for what, what it moved, and what the books may expect of it. */
@Injectable()
export class Charges {
  constructor(
    private readonly transactions: Transactions,
    private readonly orders: OrderPayments,
    private readonly books: Books,
    private readonly attention: PaymentAttention,
    private readonly outbox: Outbox,
  ) {}

  /** In a transaction that holds the order and the session. */
  async take(charge: ChargePicture, session: SessionRow, order: OrderView, askedAt: Date): Promise<void> {
    const [known] = await this.transactions.write<Known>(
      `select transfer_id, application_fee_id from payments.charges where id = $1 for update`,
      [charge.id],
    );
    await this.store(charge, session, order, askedAt);
    if (!known) {
      await this.allocate(charge.id, order);
      await this.compare(charge, order);
    }
    await this.tellConversion(charge, order);
    await this.pay(charge, session, order);
    // The ledger's rows are the busiest, so they are locked last.
    await this.expect(charge, order, known);
  }

  /** Ids are filled in and never replaced; what refunds change follows the newest picture. */
  private async store(
    charge: ChargePicture,
    session: SessionRow,
    order: OrderView,
    askedAt: Date,
  ): Promise<void> {
    const { presentment, settlement } = charge;
    await this.transactions.write(
      `insert into payments.charges as c (id, session_id, seller_id, stripe_account, payment_intent,
         presentment_amount, presentment_currency, settlement_amount, settlement_currency, exchange_rate,
         balance_transaction, transfer_id, destination_payment_id, application_fee_id, application_fee_amount,
         refunded_amount, fee_refunded_amount, reversed_amount, disputed, charged_at, asked_at,
         transferred_amount, transferred_currency, fee_amount, fee_currency)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
       on conflict (id) do update set
         settlement_amount = coalesce(c.settlement_amount, excluded.settlement_amount),
         settlement_currency = coalesce(c.settlement_currency, excluded.settlement_currency),
         exchange_rate = coalesce(c.exchange_rate, excluded.exchange_rate),
         balance_transaction = coalesce(c.balance_transaction, excluded.balance_transaction),
         transfer_id = coalesce(c.transfer_id, excluded.transfer_id),
         destination_payment_id = coalesce(c.destination_payment_id, excluded.destination_payment_id),
         application_fee_id = coalesce(c.application_fee_id, excluded.application_fee_id),
         transferred_amount = coalesce(c.transferred_amount, excluded.transferred_amount),
         transferred_currency = coalesce(c.transferred_currency, excluded.transferred_currency),
         fee_amount = coalesce(c.fee_amount, excluded.fee_amount),
         fee_currency = coalesce(c.fee_currency, excluded.fee_currency),
         refunded_amount = case when newer then excluded.refunded_amount else c.refunded_amount end,
         fee_refunded_amount = case when newer then excluded.fee_refunded_amount else c.fee_refunded_amount end,
         reversed_amount = case when newer then excluded.reversed_amount else c.reversed_amount end,
         disputed = case when newer then excluded.disputed else c.disputed end,
         asked_at = greatest(c.asked_at, excluded.asked_at)`.replaceAll(
        'newer',
        'excluded.asked_at >= c.asked_at',
      ),
      [
        charge.id, session.id, order.sellerId, order.stripeAccount, session.payment_intent,
        presentment.amount, presentment.currency, settlement?.amount ?? null, settlement?.currency ?? null,
        charge.exchangeRate, charge.balanceTransaction, charge.transferId, charge.destinationPaymentId,
        charge.applicationFeeId, order.split.applicationFee.amount, charge.refunded, charge.feeRefunded,
        charge.reversed, charge.disputed, charge.chargedAt, askedAt, charge.transferred?.amount ?? null,
        charge.transferred?.currency ?? null, charge.fee?.amount ?? null, charge.fee?.currency ?? null,
      ], // prettier-ignore
    );
  }

  /** The order's whole amount, line by line, the rest (shipping) under no line; the parts make what was charged for it. */
  private async allocate(chargeId: string, order: OrderView): Promise<void> {
    const parts = [
      ...order.lines.map((line) => ({ line: line.id, amount: line.amount })),
      { line: null, amount: order.shipping },
    ].filter((part) => !part.amount.isZero);
    const sum = Money.sum(
      parts.map((part) => part.amount),
      order.currency,
    );
    if (!sum.equals(order.split.charged))
      throw new InvariantError(`the lines of ${order.id} do not make ${order.split.charged.format()}`);
    await this.transactions.write(
      `insert into payments.allocations (charge_id, order_id, line_id, amount)
       select $1, $2, * from unnest($3::text[], $4::bigint[])`,
      [chargeId, order.id, parts.map((part) => part.line), parts.map((part) => String(part.amount.amount))],
    );
  }

  /** Stripe charges what the session asked for; anything else is told to an admin, and shows as a difference in the books. */
  private async compare(charge: ChargePicture, order: OrderView): Promise<void> {
    const { charged } = order.split;
    if (charge.presentment.equals(charged)) return;
    const words = `Charged ${charge.presentment.format()}; the order is over ${charged.format()}.`;
    await this.attention.note('amount_differs', order.id, charge.id, words);
  }

  /** Of a charge that it converts Stripe transfers what it settled to, so that the seller's part is of another currency. */
  private async tellConversion(
    { id, presentment, settlement }: ChargePicture,
    order: OrderView,
  ): Promise<void> {
    if (!settlement || settlement.currency === presentment.currency) return;
    const currency = presentment.currency.toUpperCase();
    const words = `Stripe converted ${presentment.format()} into ${settlement.format()}, and the seller is paid out of that. Add a ${currency} bank account to the platform in Stripe’s dashboard, so that ${currency} stays ${currency}.`;
    await this.attention.note('amount_differs', order.id, id, words);
  }

  /** What the frozen split says must show up in balance transactions; each part as soon as its id is known. */
  private async expect(charge: ChargePicture, order: OrderView, known: Known | undefined): Promise<void> {
    const { charged, applicationFee } = order.split;
    const about = { orderId: order.id, sellerId: order.sellerId, occurredAt: charge.chargedAt };
    const account = order.stripeAccount;
    const { transferId, transferred, destinationPaymentId, applicationFeeId, fee } = charge;
    if (!known) await this.books.expect({ kind: 'charge', chargeId: charge.id, gross: charged, ...about });
    if (!transferId || !transferred || !destinationPaymentId) return;
    if (!known?.transfer_id)
      await this.books.expect({
        kind: 'transfer',
        transferId,
        destinationPaymentId,
        account,
        gross: asMoved(charged, transferred),
        ...about,
      });
    if (applicationFeeId && fee && !known?.application_fee_id)
      await this.books.expect({
        kind: 'application_fee',
        feeId: applicationFeeId,
        destinationPaymentId,
        account,
        amount: asMoved(applicationFee, fee),
        ...about,
      });
  }

  private async pay(charge: ChargePicture, session: SessionRow, order: OrderView): Promise<void> {
    const outcome = await this.orders.markPaid(order.id, {
      paymentIntentId: session.payment_intent!,
      chargeId: charge.id,
      transferId: charge.transferId,
      destinationPaymentId: charge.destinationPaymentId,
      applicationFeeId: charge.applicationFeeId,
      paidAt: charge.chargedAt,
    });
    if (outcome === 'paid' || outcome === 'already_paid') return;
    const reason = outcome === 'stock_gone' ? 'paid_after_cancel' : 'paid_twice';
    const words =
      outcome === 'stock_gone'
        ? `${charge.presentment.format()} came in for a canceled order whose goods are sold. It goes back to the buyer.`
        : `A second payment of ${charge.presentment.format()} came in for this order. It goes back to the buyer.`;
    if (await this.attention.note(reason, order.id, charge.id, words))
      await this.outbox.publish(new ChargeNeedsRefund({ orderId: order.id, chargeId: charge.id, reason }));
  }
}
