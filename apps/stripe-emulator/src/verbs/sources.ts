import type Stripe from 'stripe';
import { digits, namedCard, testCard } from '../engine/cards.js';
import type { Engine } from '../engine/engine.js';
import { cardRefusal, invalid, missing } from '../engine/errors.js';
import type { CardInput } from '../engine/buyer.js';
import { idOf } from '../engine/kinds.js';
import { NO_ADDRESS } from './billing-details.js';
import { checkCard } from './card-checks.js';
import { brandCode, newCard } from './card-object.js';
import { fingerprint } from './payment-method-objects.js';
import { isTestBank } from './test-banks.js';

type Card = Stripe.Card;

/** The old way of paying: tokens made of cards, and cards kept with a customer. */
export class Sources {
  constructor(private readonly engine: Engine) {}

  createToken(account: string, given: Stripe.TokenCreateParams.Card): Stripe.Token {
    const { engine } = this;
    const input: CardInput = {
      number: given.number,
      exp_month: Number(given.exp_month),
      exp_year: fullYear(Number(given.exp_year)),
      ...(given.cvc !== undefined && { cvc: given.cvc }),
    };
    const card = this.cardObject(account, input, given);
    return engine.store.insert('token', account, {
      id: engine.ids.next('tok'),
      object: 'token',
      card,
      client_ip: '127.0.0.1',
      created: engine.clock.seconds(),
      livemode: engine.livemode,
      type: 'card',
      used: false,
    });
  }

  /** A bank account to be paid out to; routes that take it find its number by the token. */
  createBankToken(account: string, given: Stripe.TokenCreateParams.BankAccount): Stripe.Token {
    const { engine } = this;
    if (!isTestBank(given.country.toUpperCase(), given.account_number))
      throw invalid('This is not one of the test bank accounts. Real ones are never taken here.', {
        code: 'account_number_invalid',
        param: 'bank_account[account_number]',
      });
    const id = engine.ids.next('tok');
    const bank: Stripe.BankAccount = {
      id: engine.ids.next('ba'),
      object: 'bank_account',
      account_holder_name: given.account_holder_name ?? null,
      account_holder_type: given.account_holder_type ?? null,
      account_type: null,
      bank_name: 'STRIPE TEST BANK',
      country: given.country,
      currency: given.currency ?? 'usd',
      fingerprint: fingerprint(given.account_number),
      last4: given.account_number.slice(-4),
      routing_number: given.routing_number ?? null,
      status: 'new',
    };
    engine.store.insert('instrument', account, {
      id: bank.id,
      number: given.account_number,
      setUp: false,
      spent: false,
    });
    return engine.store.insert('token', account, {
      id,
      object: 'token',
      bank_account: bank,
      client_ip: '127.0.0.1',
      created: engine.clock.seconds(),
      livemode: engine.livemode,
      type: 'bank_account',
      used: false,
    });
  }

  /** The card behind `tok_visa` or behind a token made before, which can be used once. */
  cardOfToken(account: string, reference: string, param: string): CardInput {
    const { store } = this.engine;
    const number = reference.startsWith('tok_') ? namedCard(reference.slice(4)) : undefined;
    if (number) return { number };
    const token = store.get('token', account, reference);
    if (!token?.card) throw missing('token', reference, param);
    if (token.used) {
      throw invalid(`You cannot use a Stripe token more than once: ${reference}.`, {
        code: 'token_already_used',
        param,
      });
    }
    store.update('token', account, token.id, { used: true });
    const { exp_month, exp_year, cvc_check } = token.card;
    const { number: behind } = store.need('instrument', account, token.card.id);
    return { number: behind, exp_month, exp_year, ...(cvc_check !== null && { cvc: '123' }) };
  }

  /** The token's own card, or for `tok_visa` a new one. */
  cardFromToken(account: string, reference: string, param: string): Card {
    const input = this.cardOfToken(account, reference, param);
    return this.engine.store.get('token', account, reference)?.card ?? this.cardObject(account, input);
  }

  /** Keeps a token's card with a customer; the first becomes the default. */
  add(account: string, customerId: string, source: string, metadata: Stripe.Metadata): Card {
    const { engine } = this;
    const customer = engine.store.need('customer', account, customerId, 'customer');
    const card = this.cardFromToken(account, source, 'source');
    const known = testCard(engine.store.need('instrument', account, card.id).number)!;
    if (known.decline && !known.declinesLater) throw cardRefusal(known.decline);
    const kept = engine.store.insert('card', account, { ...card, customer: customer.id, metadata });
    engine.events.emit(account, 'customer.source.created', kept);
    if (!customer.default_source) engine.customers.change(account, customer.id, { default_source: kept.id });
    return kept;
  }

  need(account: string, customerId: string, id: string): Card {
    this.engine.store.need('customer', account, customerId, 'customer');
    const card = this.engine.store.get('card', account, id);
    if (!card || idOf(card.customer) !== customerId) throw missing('source', id);
    return card;
  }

  update(account: string, customerId: string, id: string, patch: Partial<Card>): Card {
    const { engine } = this;
    this.need(account, customerId, id);
    const card = engine.store.update('card', account, id, patch);
    engine.events.emit(account, 'customer.source.updated', card);
    return card;
  }

  remove(account: string, customerId: string, id: string): Stripe.DeletedCard {
    const { engine } = this;
    const card = this.need(account, customerId, id);
    engine.store.remove('card', account, id);
    const customer = engine.store.need('customer', account, customerId);
    if (customer.default_source === id) {
      const [next] = engine.store.by('card', account, 'customer', customerId);
      engine.customers.change(account, customerId, { default_source: next?.id ?? null });
    }
    engine.events.emit(account, 'customer.source.deleted', card);
    return { id, object: 'card', deleted: true };
  }

  /** A card kept the old way pays like any other method. */
  asMethod(card: Card): Stripe.PaymentMethod {
    const { clock, livemode } = this.engine;
    const { exp_month, exp_year, address_city: city, address_country: country } = card;
    const {
      address_line1: line1,
      address_line2: line2,
      address_state: state,
      address_zip: postal_code,
    } = card;
    return {
      id: card.id,
      object: 'payment_method',
      billing_details: {
        address: { ...NO_ADDRESS, city, country, line1, line2, state, postal_code },
        email: null,
        name: card.name,
        phone: null,
        tax_id: null,
      },
      card: {
        brand: brandCode(card.brand),
        checks: {
          address_line1_check: card.address_line1_check,
          address_postal_code_check: card.address_zip_check,
          cvc_check: card.cvc_check,
        },
        country: card.country,
        display_brand: brandCode(card.brand),
        exp_month,
        exp_year,
        fingerprint: card.fingerprint ?? null,
        funding: card.funding,
        generated_from: null,
        last4: card.last4,
        networks: { available: [brandCode(card.brand)], preferred: null },
        regulated_status: card.regulated_status,
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
      created: clock.seconds(),
      customer: card.customer as string | null,
      customer_account: null,
      livemode,
      metadata: card.metadata,
      type: 'card',
    };
  }

  private cardObject(account: string, input: CardInput, given?: Stripe.TokenCreateParams.Card): Card {
    const { engine } = this;
    checkCard(input, engine.clock.now());
    const id = engine.ids.next('card');
    const setUp = testCard(input.number)!.setUp ?? false;
    engine.store.insert('instrument', account, { id, number: digits(input.number), setUp, spent: false });
    return newCard(id, input, engine.clock.seconds(), given);
  }
}

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);
