import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { exchangeRate } from '../engine/rates.js';
import { idOf } from '../engine/kinds.js';
import { converted } from '../engine/settlement.js';

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
    const held = engine.settlement.currencyOf(account, dispute.currency);
    const payer = this.engine.accounts.payerOfFees(account);
    const transaction = engine.ledger.post(account, {
      type: 'adjustment',
      amount: -dispute.amount,
      currency: dispute.currency,
      source: dispute.id,
      description: `Chargeback withdrawal for ${charge.id}`,
      category: 'dispute',
      fees: payer === account ? [feeDetail(this.price(held), held, 'Dispute fee')] : [],
      availableOn: engine.ledger.alongside(paid),
    });
    if (payer !== account) this.charge(payer, dispute, 'Dispute fee', 1);
    return transaction;
  }

  /** The amount of a dispute that was won. The fee for receiving it stays with Stripe. */
  giveBack(account: string, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
    const { engine } = this;
    return engine.ledger.post(account, {
      type: 'adjustment',
      amount: dispute.amount,
      currency: dispute.currency,
      source: dispute.id,
      description: `Chargeback reversal for ${idOf(dispute.charge)}`,
      category: 'dispute_reversal',
    });
  }

  /** The fee for countering a dispute; it comes back (`sign` -1) when the dispute is won. */
  chargeForCountering(account: string, dispute: Stripe.Dispute, sign: 1 | -1): void {
    this.charge(this.engine.accounts.payerOfFees(account), dispute, 'Dispute countered fee', sign);
  }

  private charge(payer: string, dispute: Stripe.Dispute, description: string, sign: 1 | -1): void {
    const currency = this.engine.settlement.currencyOf(payer, dispute.currency);
    const amount = -sign * this.price(currency);
    const movement = { type: 'stripe_fee', amount, currency, source: dispute.id, description } as const;
    this.engine.ledger.post(payer, { ...movement, category: 'fee' });
  }

  private price(currency: string): number {
    const rate = exchangeRate('usd', currency, this.engine.clock.now());
    return PRICES[currency] ?? converted(PRICES['usd']!, 'usd', currency, rate);
  }
}

export function feeDetail(
  amount: number,
  currency: string,
  description: string,
): Stripe.BalanceTransaction.FeeDetail {
  return { amount, application: null, currency, description, type: 'stripe_fee' };
}
