import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { exclusive, invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { checkAmount } from './amounts.js';
import {
  checkDescriptor,
  checkMethodType,
  checkWayBack,
  intentTypes,
  newMethodOf,
  type MethodGiven,
} from './intent-methods.js';
import { changesOf, optionsOf } from './payment-intent-changes.js';
import { newIntent, shippingOf } from './payment-objects.js';
import type { Attempt } from './payments.js';

type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;
export type IntentCreateParams = Stripe.PaymentIntentCreateParams & { payment_method_types?: string[] };
type UpdateParams = Stripe.PaymentIntentUpdateParams & { payment_method_types?: string[] };
type ConfirmParams = Stripe.PaymentIntentConfirmParams;

const BEFORE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Payment intents as the API makes, changes and confirms them. */
export class PaymentIntents {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: IntentCreateParams): Attempt {
    const { engine } = this;
    this.checkTerms(account, params);
    checkConfirming(params);
    const method = newMethodOf(engine, account, params);
    const types = intentTypes(params);
    if (method) this.checkMethod(method, types, params.customer ?? null);
    checkDescriptor(types, params.statement_descriptor, 'statement_descriptor');
    const intent = engine.store.insert(
      'payment_intent',
      account,
      this.object(account, params, types, method),
    );
    engine.events.emit(account, 'payment_intent.created', intent);
    if (!params.confirm) return { intent, error: null };
    const { payment_method_data: _, ...rest } = params;
    return this.confirm(account, intent.id, {
      ...(rest as ConfirmParams),
      ...(method && { payment_method: method.id }),
    });
  }

  update(account: string, id: string, params: UpdateParams): Intent {
    const { engine } = this;
    const before = engine.payments.need(id, account);
    const harmless = ['description', 'metadata', 'receipt_email'];
    if (!BEFORE.includes(before.status) && Object.keys(params).some((name) => !harmless.includes(name)))
      throw unexpected(
        before,
        `This PaymentIntent's ${Object.keys(params).find((name) => !harmless.includes(name))} could not be updated because it has a status of ${before.status}.`,
      );
    const amount = params.amount ?? before.amount;
    const currency = params.currency ?? before.currency;
    this.checkTerms(account, {
      amount,
      currency,
      ...(params.customer && { customer: params.customer }),
      ...(before.on_behalf_of && { on_behalf_of: idOf(before.on_behalf_of)! }),
      ...(before.transfer_data && {
        transfer_data: { ...params.transfer_data, destination: idOf(before.transfer_data.destination)! },
      }),
      application_fee_amount: (params.application_fee_amount ?? before.application_fee_amount) || 0,
    });
    const method = newMethodOf(engine, account, params);
    const customer = params.customer ?? idOf(before.customer);
    const changes = changesOf(before, params);
    if (method)
      this.checkMethod(method, changes.payment_method_types ?? before.payment_method_types, customer);
    return engine.store.update('payment_intent', account, id, {
      ...changes,
      amount,
      currency,
      customer,
      ...(method && { payment_method: method.id, status: 'requires_confirmation', next_action: null }),
    });
  }

  confirm(account: string, id: string, given: ConfirmParams & MethodGiven): Attempt {
    const { engine } = this;
    const params = engine.confirmationTokens.spend(account, given, { payment_intent: id });
    const intent = engine.payments.need(id, account);
    if (!BEFORE.includes(intent.status)) {
      const why =
        intent.status === 'succeeded' || intent.status === 'requires_capture'
          ? 'it has already succeeded after being previously confirmed'
          : `it has a status of ${intent.status}`;
      throw unexpected(intent, `You cannot confirm this PaymentIntent because ${why}.`);
    }
    const known = idOf(intent.payment_method);
    const method =
      newMethodOf(engine, account, params) ?? (known ? engine.paymentMethods.need(account, known) : null);
    if (!method) {
      throw unexpected(
        intent,
        "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      );
    }
    const changes = changesOf(intent, params);
    const types = changes.payment_method_types ?? intent.payment_method_types;
    this.checkMethod(method, types, idOf(intent.customer));
    if (intent.capture_method === 'manual' && method.type !== 'card')
      throw invalid(
        `The payment method type ${method.type} can't be used with \`capture_method=manual\`: it is captured at once.`,
        { code: 'payment_intent_incompatible_payment_method', param: 'payment_method' },
      );
    checkWayBack('Payment Intent', intent.automatic_payment_methods, params);
    const ready = engine.store.update('payment_intent', account, id, {
      ...changes,
      payment_method: method.id,
    });
    const acceptance = params.mandate_data ? params.mandate_data.customer_acceptance : undefined;
    return engine.payments.attempt(account, ready, method, {
      // A flag arrives as a word, because it can also say why the buyer is away.
      offSession: ![undefined, 'false'].includes(params.off_session as string | undefined),
      errorOnAction: params.error_on_requires_action ?? false,
      returnUrl: params.use_stripe_sdk ? null : (params.return_url ?? null),
      mandate: method.card ? null : engine.mandates.create(account, method, acceptance).id,
    });
  }

  cancel(account: string, id: string, reason: Intent['cancellation_reason']): Intent {
    const { engine } = this;
    const intent = engine.payments.need(id, account);
    const [session] = engine.store.by('checkout_session', account, 'payment_intent', id);
    if (session && session.status === 'open') {
      throw invalid(
        `This PaymentIntent belongs to the Checkout Session ${session.id}. Expire the session to cancel the payment.`,
        { code: 'payment_intent_unexpected_state' },
      );
    }
    if (![...BEFORE, 'requires_capture'].includes(intent.status)) {
      throw unexpected(
        intent,
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
      );
    }
    return engine.payments.cancelIntent(id, reason, account);
  }

  private object(
    account: string,
    params: IntentCreateParams,
    types: string[],
    method: Method | null,
  ): Intent {
    const { engine } = this;
    const { automatic_payment_methods: automatic } = params;
    const intent = newIntent({
      id: engine.ids.next('pi'),
      application: engine.fees.applicationFor(account),
      secret: engine.ids.next('x').slice(2),
      created: engine.clock.seconds(),
      livemode: engine.livemode,
      amount: params.amount,
      currency: params.currency,
      customer: params.customer ?? null,
      types,
      data: params as Stripe.Checkout.SessionCreateParams.PaymentIntentData,
    });
    return {
      ...intent,
      allowed_payment_method_types: params.allowed_payment_method_types ?? null,
      excluded_payment_method_types: params.excluded_payment_method_types ?? null,
      automatic_payment_methods:
        params.payment_method_types && !automatic
          ? null
          : { enabled: true, allow_redirects: automatic?.allow_redirects ?? 'always' },
      confirmation_method: params.confirmation_method ?? 'automatic',
      payment_method: method?.id ?? null,
      payment_method_options: optionsOf(types, params.payment_method_options),
      shipping: shippingOf(params.shipping),
      status: method ? 'requires_confirmation' : 'requires_payment_method',
    };
  }

  private checkTerms(
    account: string,
    params: Pick<
      IntentCreateParams,
      'amount' | 'currency' | 'customer' | 'transfer_data' | 'application_fee_amount' | 'on_behalf_of'
    >,
  ): void {
    const { engine } = this;
    const { amount, currency, transfer_data, application_fee_amount: fee } = params;
    checkAmount(amount, currency);
    if (params.customer) engine.store.need('customer', account, params.customer, 'customer');
    if (params.on_behalf_of) engine.accounts.checkOnBehalfOf(params.on_behalf_of);
    const destination = transfer_data?.destination;
    if (destination)
      engine.transfers.checkDestination(destination, 'transfer_data[destination]', params.on_behalf_of);
    if (!fee) return;
    if (account === engine.platform && !transfer_data) {
      throw invalid(
        'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).',
        { param: 'application_fee_amount' },
      );
    }
    if (transfer_data?.amount !== undefined) {
      throw exclusive('transfer_data[amount]', 'application_fee_amount');
    }
    if (fee > amount) {
      throw invalid('The application fee must not be more than the amount of the payment.', {
        param: 'application_fee_amount',
      });
    }
  }

  private checkMethod(method: Method, types: string[], customer: string | null): void {
    checkMethodType(method, types, 'PaymentIntent');
    const owner = idOf(method.customer);
    if (!owner || owner === customer) return;
    throw invalid(
      customer
        ? `The PaymentMethod you provided (${method.id}) belongs to another customer than the one of this PaymentIntent (${customer}).`
        : `The payment method you provided (${method.id}) belongs to the Customer ${owner}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
      { param: 'payment_method' },
    );
  }
}

/** What is said about the confirmation is said with it. */
function checkConfirming(params: IntentCreateParams): void {
  if (params.confirm) return;
  const names = [
    'confirmation_token',
    'error_on_requires_action',
    'mandate_data',
    'off_session',
    'return_url',
  ] as const;
  const early = names.find((name) => params[name] !== undefined);
  if (early) throw invalid(`\`${early}\` can only be used with \`confirm=true\`.`, { param: early });
}

function unexpected(intent: Intent, message: string) {
  return invalid(message, { code: 'payment_intent_unexpected_state', extra: { payment_intent: intent } });
}
