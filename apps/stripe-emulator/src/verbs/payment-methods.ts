import type Stripe from 'stripe';
import { digits, namedCard, TEST_CARDS, testCard } from '../engine/cards.js';
import { debitAccount, isDebit, namedDebitAccount, type DebitType } from '../engine/debit-accounts.js';
import type { Engine } from '../engine/engine.js';
import { cardRefusal, invalid, lacking, missing } from '../engine/errors.js';
import type { CardInput } from '../engine/buyer.js';
import { idOf } from '../engine/kinds.js';
import type { InstrumentRecord } from '../engine/records.js';
import { checkCard } from './card-checks.js';
import { mergeMetadata } from './metadata.js';
import { mergeBilling, NO_BILLING } from './billing-details.js';
import { newCardMethod, newDebitMethod, newMethod } from './payment-method-objects.js';

type Method = Stripe.PaymentMethod;
/** What a method is made of, wherever it is given: on its own, or inside a payment. */
export type MethodParams = Pick<
  Stripe.PaymentMethodCreateParams,
  | 'type'
  | 'card'
  | 'us_bank_account'
  | 'sepa_debit'
  | 'bacs_debit'
  | 'billing_details'
  | 'metadata'
  | 'allow_redisplay'
>;

/** Cards and bank accounts that buyers pay with. Only Stripe's test numbers are taken, and none is ever shown. */
export class PaymentMethods {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: MethodParams): Method {
    const { type } = params;
    const billing = mergeBilling(NO_BILLING, params.billing_details);
    const metadata = mergeMetadata({}, params.metadata);
    if (type === 'card') {
      if (!params.card) throw lacking('card');
      return this.newCard(account, this.cardInput(account, params.card), billing, metadata);
    }
    if (isDebit(type)) {
      const number = numberOf(type, params);
      return this.newDebit(account, type, number, billing, metadata);
    }
    if (type === 'customer_balance')
      return this.keep(
        account,
        { ...newMethod(this.frame(billing, metadata), type), customer_balance: {} },
        '',
      );
    throw invalid(
      `The payment method type "${type}" is invalid. Please ensure the provided type is activated.`,
      {
        param: 'type',
      },
    );
  }

  newCard(account: string, card: CardInput, billing = NO_BILLING, metadata: Stripe.Metadata = {}): Method {
    checkCard(card, this.engine.clock.now());
    const { line1, postal_code } = billing.address ?? {};
    const checks = { cvc: card.cvc !== undefined, line1: Boolean(line1), postalCode: Boolean(postal_code) };
    const method = newCardMethod(this.frame(billing, metadata), card, checks);
    return this.keep(account, method, digits(card.number));
  }

  /** @param number any test account: pages offer the same few whatever the kind of debit */
  newDebit(
    account: string,
    type: DebitType,
    number: string,
    billing = NO_BILLING,
    metadata: Stripe.Metadata = {},
  ): Method {
    if (!debitAccount(number)) {
      throw invalid('This is not one of the test bank accounts. Real ones are never taken here.', {
        code: 'bank_account_unusable',
        param: type === 'sepa_debit' ? 'sepa_debit[iban]' : `${type}[account_number]`,
      });
    }
    return this.keep(account, newDebitMethod(this.frame(billing, metadata), type, number), number);
  }

  /** A method by its id, by the name of a test method (`pm_card_visa`), or a card kept the old way (`card_…`). */
  need(account: string, reference: string, param = 'payment_method'): Method {
    const known = this.engine.store.get('payment_method', account, reference);
    if (known) return known;
    const card = this.engine.store.get('card', account, reference);
    if (card) return this.engine.sources.asMethod(card);
    const number = reference.startsWith('pm_card_') ? namedCard(reference.slice(8)) : undefined;
    if (number) return this.newCard(account, { number });
    const debit = namedDebitAccount(reference.replace(/^pm_/, ''));
    if (debit) return this.newDebit(account, debitAccount(debit)!.type, debit);
    throw missing('PaymentMethod', reference, param);
  }

  attach(account: string, reference: string, customerId: string): Method {
    const { engine } = this;
    const method = this.need(account, reference);
    const customer = engine.store.need('customer', account, customerId, 'customer');
    const owner = idOf(method.customer);
    if (owner === customer.id) return method;
    if (owner) {
      throw invalid('The payment method you provided has already been attached to a customer.', {
        param: 'payment_method',
      });
    }
    this.checkUnspent(account, method);
    const known = this.testCardOf(account, method.id);
    if (known?.decline && !known.declinesLater) throw cardRefusal(known.decline);
    const attached = engine.store.update('payment_method', account, method.id, { customer: customer.id });
    engine.events.emit(account, 'payment_method.attached', attached);
    return attached;
  }

  detach(account: string, id: string): Method {
    const { engine } = this;
    const method = engine.store.get('payment_method', account, id);
    if (!method) throw missing('PaymentMethod', id, 'payment_method');
    const owner = idOf(method.customer);
    if (!owner) {
      throw invalid(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
        { param: 'payment_method' },
      );
    }
    const detached = engine.store.update('payment_method', account, id, { customer: null });
    engine.store.update('instrument', account, id, { spent: true });
    engine.customers.forgetMethod(account, owner, id);
    engine.events.emit(account, 'payment_method.detached', detached, { customer: owner });
    return detached;
  }

  update(account: string, id: string, params: Stripe.PaymentMethodUpdateParams): Method {
    const { engine } = this;
    const method = engine.store.get('payment_method', account, id);
    if (!method) throw missing('PaymentMethod', id, 'payment_method');
    if (!method.customer) {
      throw invalid('You must save this PaymentMethod to a customer before you can update it.', {
        param: 'payment_method',
      });
    }
    const { exp_month, exp_year } = params.card ?? {};
    const updated = engine.store.update('payment_method', account, id, {
      metadata: mergeMetadata(method.metadata ?? {}, params.metadata),
      billing_details: mergeBilling(method.billing_details, params.billing_details),
      ...(params.allow_redisplay && { allow_redisplay: params.allow_redisplay }),
      ...(method.card && {
        card: {
          ...method.card,
          ...(exp_month !== undefined && { exp_month }),
          ...(exp_year !== undefined && { exp_year }),
        },
      }),
    });
    engine.events.emit(account, 'payment_method.updated', updated, method);
    return updated;
  }

  /** Whether the buyer sees this method again the next time: where they asked for it themselves, always. */
  allowRedisplay(account: string, id: string, allowed: 'always' | 'limited'): void {
    this.engine.store.update('payment_method', account, id, { allow_redisplay: allowed });
  }

  /** The test number behind a method. */
  instrument(account: string, id: string): InstrumentRecord {
    return this.engine.store.need('instrument', account, id);
  }

  testCardOf(account: string, id: string) {
    const record = this.engine.store.get('instrument', account, id);
    return record && TEST_CARDS[record.number];
  }

  /** @throws Refusal when it was used up. */
  checkUnspent(account: string, method: Method): void {
    if (method.customer || !this.engine.store.get('instrument', account, method.id)?.spent) return;
    throw invalid(
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    );
  }

  /** A payment went through: without a customer the method can't be used again; with one it may be kept. */
  used(
    account: string,
    id: string,
    customer: string | null,
    keep: 'off_session' | 'on_session' | null,
  ): void {
    const { store } = this.engine;
    const method = store.get('payment_method', account, id);
    if (!method) return;
    if (!method.customer && customer && keep) this.attach(account, id, customer);
    else if (!method.customer) store.update('instrument', account, id, { spent: true });
    if (keep) store.update('instrument', account, id, { setUp: true });
  }

  private cardInput(account: string, card: Stripe.PaymentMethodCreateParams.Card): CardInput {
    if (card.token) return this.engine.sources.cardOfToken(account, card.token, 'card[token]');
    if (!card.number) throw lacking('card[number]');
    const { number, exp_month, exp_year, cvc } = card;
    return {
      number,
      ...(exp_month !== undefined && { exp_month }),
      ...(exp_year !== undefined && { exp_year }),
      ...(cvc !== undefined && { cvc }),
    };
  }

  private frame(billing: Stripe.PaymentMethod.BillingDetails, metadata: Stripe.Metadata) {
    const { ids, clock, livemode } = this.engine;
    return { id: ids.next('pm'), created: clock.seconds(), livemode, billing, metadata };
  }

  private keep(account: string, method: Method, number: string): Method {
    const { store } = this.engine;
    const setUp = testCard(number)?.setUp ?? false;
    store.insert('instrument', account, { id: method.id, number, setUp, spent: false });
    return store.insert('payment_method', account, method);
  }
}

function numberOf(type: DebitType, params: MethodParams): string {
  if (type === 'sepa_debit') {
    if (!params.sepa_debit) throw lacking('sepa_debit[iban]');
    return params.sepa_debit.iban;
  }
  const number = params[type]?.account_number;
  if (!number) throw lacking(`${type}[account_number]`);
  return number;
}
