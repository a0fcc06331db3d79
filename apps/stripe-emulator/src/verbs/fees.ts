import type Stripe from 'stripe';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { proportion } from './proportion.js';

/** A fee as it left the seller's payment. */
interface Taken {
  account: string;
  charge: string;
  /** The platform's charge behind a transfer. */
  origin: string | null;
  /** Minor units of the seller's balance. */
  amount: number;
  currency: string;
}

/** The platform's cut: application fees, and their refunds to the seller. */
export class Fees {
  constructor(private readonly engine: Engine) {}

  /** Takes `amount` out of what a destination charge sent to the seller. */
  collect(
    charge: Stripe.Charge,
    transfer: Stripe.Transfer,
    amount: number,
    availableOn: number,
  ): Stripe.ApplicationFee {
    return this.record(
      {
        account: idOf(transfer.destination)!,
        charge: idOf(transfer.destination_payment)!,
        origin: charge.id,
        amount,
        currency: charge.currency,
      },
      availableOn,
    );
  }

  /** Takes the fee of a charge that a buyer paid to the account itself. */
  collectDirect(
    account: string,
    charge: Stripe.Charge,
    received: Stripe.BalanceTransaction,
    availableOn: number,
  ): Stripe.ApplicationFee {
    const { amount, currency } = received.fee_details.find(({ type }) => type === 'application_fee')!;
    return this.record({ account, charge: charge.id, origin: null, amount, currency }, availableOn);
  }

  /** The platform as a Connect application. */
  private get application(): string {
    return `ca_${this.engine.platform.slice(5)}`;
  }

  /** Who makes the payments of an account; null: it does so itself. */
  applicationFor(account: string): string | null {
    return account === this.engine.platform ? null : this.application;
  }

  /** The platform's cut as a part of the fees on a seller's payment. */
  detailOf(
    charge: Pick<Stripe.Charge, 'application_fee_amount' | 'currency'>,
  ): Stripe.BalanceTransaction.FeeDetail | null {
    const amount = charge.application_fee_amount ?? 0;
    if (amount === 0) return null;
    return {
      amount,
      application: this.application,
      currency: charge.currency,
      description: 'Application fee',
      type: 'application_fee',
    };
  }

  private record(taken: Taken, availableOn: number): Stripe.ApplicationFee {
    const { engine } = this;
    const id = engine.ids.next('fee');
    const { account: seller, charge: payment, amount, currency } = taken;
    const income = engine.ledger.post(engine.platform, {
      type: 'application_fee',
      amount,
      currency,
      source: id,
      availableOn,
    });
    const fee = engine.store.insert('application_fee', engine.platform, {
      id,
      object: 'application_fee',
      account: seller,
      amount,
      amount_refunded: 0,
      application: this.application,
      balance_transaction: income.id,
      charge: payment,
      created: engine.clock.seconds(),
      currency,
      fee_source: { charge: payment, type: 'charge' },
      livemode: engine.livemode,
      originating_transaction: taken.origin,
      refunded: false,
      refunds: { object: 'list', data: [], has_more: false, url: `/v1/application_fees/${id}/refunds` },
    });
    engine.store.update('charge', seller, payment, { application_fee: id });
    engine.events.emit(engine.platform, 'application_fee.created', fee);
    return fee;
  }

  /** Gives back so much of the fee; left out: all that is left of it. */
  refund(feeId: string, params: { amount?: number; metadata?: Stripe.MetadataParam }): Stripe.FeeRefund {
    const { engine } = this;
    const fee = engine.store.need('application_fee', engine.platform, feeId, 'id');
    const left = fee.amount - fee.amount_refunded;
    if (left === 0) {
      throw invalid(`Application fee ${feeId} has already been refunded.`);
    }
    const amount = params.amount ?? left;
    if (amount > left) {
      throw invalid(
        `Refund amount (${words(amount, fee.currency)}) is greater than fee amount remaining (${words(left, fee.currency)})`,
        { param: 'amount' },
      );
    }
    return this.give(fee, amount, (params.metadata ?? {}) as Stripe.Metadata);
  }

  /** Gives back the fee's share once `done` of `whole` has been refunded or reversed. */
  refundShare(feeId: string, done: number, whole: number): void {
    const fee = this.engine.store.need('application_fee', this.engine.platform, feeId, 'id');
    const amount = proportion(fee.amount, done, whole, fee.amount_refunded);
    if (amount > 0) this.refund(feeId, { amount });
  }

  private give(fee: Stripe.ApplicationFee, amount: number, metadata: Stripe.Metadata): Stripe.FeeRefund {
    const { engine } = this;
    const id = engine.ids.next('fr');
    const seller = idOf(fee.account)!;
    const { currency } = fee;
    const taken = engine.store.need('balance_transaction', engine.platform, idOf(fee.balance_transaction)!);
    const availableOn = engine.ledger.alongside(taken);
    // As at Stripe, the platform's side names the fee (github.com/stripe/stripe-dotnet/issues/2021).
    const out = engine.ledger.post(engine.platform, {
      type: 'application_fee_refund',
      amount: -amount,
      currency,
      source: fee.id,
      availableOn,
    });
    // Whoever paid the fee sees an adjustment. https://docs.stripe.com/reports/reporting-categories
    engine.ledger.post(seller, {
      type: 'adjustment',
      category: 'fee',
      amount,
      currency,
      source: id,
      description: 'Application fee refund',
      availableOn,
    });
    const refund = engine.store.insert('fee_refund', engine.platform, {
      id,
      object: 'fee_refund',
      amount,
      balance_transaction: out.id,
      created: engine.clock.seconds(),
      currency,
      fee: fee.id,
      metadata,
    });
    const refunded = fee.amount_refunded + amount;
    const after = engine.store.update('application_fee', engine.platform, fee.id, {
      amount_refunded: refunded,
      refunded: refunded === fee.amount,
      refunds: { ...fee.refunds, data: [refund, ...fee.refunds.data].slice(0, 10) },
    });
    engine.events.emit(engine.platform, 'application_fee.refunded', after, fee);
    return refund;
  }
}
