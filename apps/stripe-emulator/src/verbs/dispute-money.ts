import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { exchangeRate } from '../engine/rates.js';
import { idOf } from '../engine/kinds.js';

/** Stripe's price of a dispute that is received, and of one that is countered, by the currency of the balance. */
const PRICES: Record<string, number> = {
  usd: 1500,
  eur: 2000,
  gbp: 2000,
  jpy: 1300,
  aud: 2500,
  cad: 1500,
  chf: 2000,
};

/** What a dispute takes from a balance and gives back. https://docs.stripe.com/disputes */
export class DisputeMoney {
  constructor(private readonly engine: Engine) {}

  /** The amount and the fee for receiving a dispute, in one movement where one account pays both. */
  withdraw(account: string, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
    const { engine } = this;
    const charge = engine.store.need('charge', account, idOf(dispute.charge)!);
    const paid = engine.store.need('balance_transaction', account, idOf(charge.balance_transaction)!);
    const taken = engine.settlement.into(account, -dispute.amount, dispute.currency);
    const payer = this.payerOfFees(account);
    const transaction = engine.ledger.post(account, {
      type: 'adjustment',
      ...taken,
      source: dispute.id,
      description: `Chargeback withdrawal for ${charge.id}`,
      category: 'dispute',
      fees: payer === account ? [feeDetail(this.price(taken.currency), taken.currency, 'Dispute fee')] : [],
      availableOn: engine.ledger.alongside(paid),
    });
    if (payer !== account) this.charge(payer, dispute, 'Dispute fee', 1);
    return transaction;
  }

  /** The amount of a dispute that was won. The fee for receiving it stays with Stripe. */
  giveBack(account: string, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
    const { engine } = this;
    const back = engine.settlement.into(account, dispute.amount, dispute.currency);
    return engine.ledger.post(account, {
      type: 'adjustment',
      ...back,
      source: dispute.id,
      description: `Chargeback reversal for ${idOf(dispute.charge)}`,
      category: 'dispute_reversal',
    });
  }

  /** The fee for countering a dispute; it comes back (`sign` -1) when the dispute is won. */
  chargeForCountering(account: string, dispute: Stripe.Dispute, sign: 1 | -1): void {
    this.charge(this.payerOfFees(account), dispute, 'Dispute countered fee', sign);
  }

  /** Stripe's fees on a seller's own charges are the platform's where it took that on for the account. */
  private payerOfFees(account: string): string {
    const record = this.engine.accounts.need(account);
    return !record.platform && (record.fees_collector ?? 'application') === 'application'
      ? this.engine.platform
      : account;
  }

  private charge(payer: string, dispute: Stripe.Dispute, description: string, sign: 1 | -1): void {
    const currency = this.engine.settlement.currencyOf(payer, dispute.currency);
    const amount = -sign * this.price(currency);
    const movement = { type: 'stripe_fee', amount, currency, source: dispute.id, description } as const;
    this.engine.ledger.post(payer, { ...movement, category: 'fee' });
  }

  private price(currency: string): number {
    const rate = exchangeRate('usd', currency, this.engine.clock.now());
    return PRICES[currency] ?? Math.round(PRICES['usd']! * rate);
  }
}

export function feeDetail(
  amount: number,
  currency: string,
  description: string,
): Stripe.BalanceTransaction.FeeDetail {
  return { amount, application: null, currency, description, type: 'stripe_fee' };
}
