import type Stripe from 'stripe';
import { TEST_CARDS } from '../engine/cards.js';
import type { Engine } from '../engine/engine.js';
import { idOf } from '../engine/kinds.js';
import { cardRefusal, invalid, lacking, type Refusal } from '../engine/errors.js';
import { checkAmount } from './amounts.js';
import { chargedCard } from './charged-card.js';
import { mergeMetadata } from './metadata.js';
import { newCharge, newIntent, outcomeOf, shippingOf } from './payment-objects.js';

type Charge = Stripe.Charge;
type Params = Stripe.ChargeCreateParams;
type Update = Stripe.ChargeUpdateParams;

/** Charges made without an intent, from a token or a customer's card, as older integrations make them. */
export class Charges {
  constructor(private readonly engine: Engine) {}

  /** A declined charge stays, and its refusal is given back. */
  create(account: string, params: Params): Charge | Refusal {
    const { engine } = this;
    engine.accounts.checkCharges(account);
    const { amount, currency } = this.check(account, params);
    const card = this.source(account, params);
    const method = engine.sources.asMethod(card);
    const known = TEST_CARDS[engine.store.need('instrument', account, card.id).number]!;
    const held = params.capture === false;
    const id = engine.ids.next('ch');
    const details = chargedCard(method.card!, {
      charge: id,
      amount,
      approved: !known.decline,
      sent: known.decline?.outcome !== 'blocked',
      authenticated: false,
      wishes: null,
    });
    const charge = engine.store.insert('charge', account, {
      ...newCharge(this.terms(account, params, amount, currency, card), {
        id,
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        descriptor: engine.accounts.descriptor(),
        method: { id: card.id, details },
        billing: method.billing_details,
        outcome: outcomeOf(known),
        status: known.decline ? 'failed' : held ? 'held' : 'succeeded',
      }),
      payment_intent: null,
      source: card,
      ...(known.decline && { failure_code: known.decline.code, failure_message: known.decline.message }),
    });
    if (known.decline) {
      engine.events.emit(account, 'charge.failed', charge);
      return cardRefusal(known.decline, { charge: charge.id });
    }
    engine.events.emit(account, 'charge.succeeded', charge);
    return held ? engine.captures.holdCharge(account, charge) : engine.cardPayments.collect(account, charge);
  }

  update(account: string, id: string, params: Update): Charge {
    const { engine } = this;
    const before = engine.store.need('charge', account, id);
    const { customer, fraud_details: fraud, metadata, shipping, transfer_group, ...words } = params;
    if (customer) engine.store.need('customer', account, customer, 'customer');
    const set = { customer, transfer_group };
    for (const name of ['customer', 'transfer_group'] as const)
      if (set[name] && before[name] && idOf(before[name]) !== set[name])
        throw invalid(`You cannot change the ${name} of a charge once it is set.`, { param: name });
    const after = engine.store.update('charge', account, id, {
      ...words,
      ...(customer && { customer }),
      ...(fraud && { fraud_details: fraud.user_report ? { user_report: fraud.user_report } : {} }),
      metadata: mergeMetadata(before.metadata, metadata),
      ...(shipping && { shipping: shippingOf(shipping) }),
      ...(transfer_group && { transfer_group }),
    });
    engine.events.emit(account, 'charge.updated', after, before);
    return after;
  }

  private check(account: string, params: Params): { amount: number; currency: string } {
    const { amount, currency, application_fee_amount: fee, transfer_data } = params;
    for (const name of ['amount', 'currency'] as const) {
      if (params[name] === undefined) throw lacking(name);
    }
    checkAmount(amount!, currency!);
    if (transfer_data)
      this.engine.transfers.checkDestination(
        transfer_data.destination,
        'transfer_data[destination]',
        params.on_behalf_of,
      );
    if (fee && account === this.engine.platform && !transfer_data) {
      throw invalid(
        'Can only apply an application_fee_amount when the charge has a transfer_data[destination].',
        { param: 'application_fee_amount' },
      );
    }
    if (fee && fee > amount!) {
      throw invalid('Your application fee must not be more than the amount of the charge.', {
        param: 'application_fee_amount',
      });
    }
    return { amount: amount!, currency: currency! };
  }

  /** The card of the charge: a token's, or one of the customer's. */
  private source(account: string, params: Params): Stripe.Card {
    const { engine } = this;
    if (params.customer) {
      const customer = engine.store.need('customer', account, params.customer, 'customer');
      const id = params.source ?? (customer.default_source as string | null);
      if (!id) {
        throw invalid('Cannot charge a customer that has no active card', { code: 'missing', param: 'card' });
      }
      return engine.sources.need(account, customer.id, id);
    }
    if (!params.source) {
      throw invalid('Must provide source or customer.', { code: 'parameter_missing', param: 'source' });
    }
    return engine.sources.cardFromToken(account, params.source, 'source');
  }

  /** What the deal says, in the words of an intent: `newCharge` reads them there. */
  private terms(
    account: string,
    params: Params,
    amount: number,
    currency: string,
    card: Stripe.Card,
  ): Stripe.PaymentIntent {
    const intent = newIntent({
      id: '',
      application: this.engine.fees.applicationFor(account),
      secret: '',
      created: 0,
      livemode: this.engine.livemode,
      amount,
      currency,
      customer: card.customer as string | null,
      types: ['card'],
      data: params as Stripe.Checkout.SessionCreateParams.PaymentIntentData,
    });
    return { ...intent, shipping: shippingOf(params.shipping) };
  }
}
