import type Stripe from 'stripe';
import { AUTHENTICATION_FAILED, type TestCard } from '../engine/cards.js';
import type { Engine } from '../engine/engine.js';
import { invalid, type StripeErrorBody } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { asksForChallenge } from './card-payments.js';
import {
  checkMethodType,
  checkWayBack,
  methodTypes,
  newMethodOf,
  type MethodGiven,
} from './intent-methods.js';
import { mergeMetadata } from './metadata.js';
import { newSetupAttempt, newSetupIntent } from './setup-objects.js';
import type { AttemptOptions } from './payments.js';

type Intent = Stripe.SetupIntent;
type Method = Stripe.PaymentMethod;
export type SetupCreateParams = Stripe.SetupIntentCreateParams & { payment_method_types?: string[] };

export interface SetupOutcome {
  intent: Intent;
  error: StripeErrorBody | null;
}

const BEFORE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Payment methods that are made ready for later payments, without one now. */
export class SetupIntents {
  private readonly followers: ((account: string, intent: Intent) => void)[] = [];

  constructor(private readonly engine: Engine) {}

  follow(follower: (account: string, intent: Intent) => void): void {
    this.followers.push(follower);
  }

  create(account: string, params: SetupCreateParams): SetupOutcome {
    const { engine } = this;
    if (params.customer) engine.store.need('customer', account, params.customer, 'customer');
    const method = newMethodOf(engine, account, params);
    const types = methodTypes(params, null);
    if (method) checkMethodType(method, types, 'SetupIntent');
    const automatic = params.payment_method_types ? {} : { automatic_payment_methods: { enabled: true } };
    const intent = engine.store.insert(
      'setup_intent',
      account,
      newSetupIntent(
        { ...automatic, ...params },
        {
          id: engine.ids.next('seti'),
          secret: engine.ids.next('x').slice(2),
          created: engine.clock.seconds(),
          livemode: engine.livemode,
          types,
          method: method?.id ?? null,
        },
      ),
    );
    engine.events.emit(account, 'setup_intent.created', intent);
    if (!params.confirm) return { intent, error: null };
    return this.confirm(account, intent.id, { ...params, ...(method && { payment_method: method.id }) });
  }

  /** The intent of a session in `setup` mode; it is made by the first attempt. */
  forSession(session: Stripe.Checkout.Session, customer: string | null): Intent {
    const { engine } = this;
    const account = engine.checkout.accountOf(session.id);
    const existing = idOf(session.setup_intent);
    if (existing) return this.need(account, existing);
    const { setup } = engine.checkout.plan(session.id);
    const { intent } = this.create(account, {
      ...setup,
      metadata: setup?.metadata ?? {},
      ...(customer && { customer }),
      payment_method_types: session.payment_method_types,
    });
    engine.checkout.change(session.id, { setup_intent: intent.id });
    return intent;
  }

  update(account: string, id: string, params: Stripe.SetupIntentUpdateParams): Intent {
    const { engine } = this;
    const before = this.need(account, id);
    this.checkOpen(before, 'update');
    if (params.customer) engine.store.need('customer', account, params.customer, 'customer');
    const method = newMethodOf(engine, account, params);
    return engine.store.update('setup_intent', account, id, {
      ...(params.customer !== undefined && { customer: params.customer }),
      ...(params.description !== undefined && { description: params.description }),
      ...(method && { payment_method: method.id, status: 'requires_confirmation', next_action: null }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    });
  }

  confirm(
    account: string,
    id: string,
    asked: MethodGiven &
      Pick<Stripe.SetupIntentConfirmParams, 'confirmation_token' | 'return_url' | 'use_stripe_sdk'>,
  ): SetupOutcome {
    const { engine } = this;
    const params = engine.confirmationTokens.spend(account, asked, { setup_intent: id });
    const intent = this.need(account, id);
    this.checkOpen(intent, 'confirm');
    const given = newMethodOf(engine, account, params);
    const known = idOf(intent.payment_method);
    const method = given ?? (known ? engine.paymentMethods.need(account, known) : null);
    if (!method) {
      throw invalid(
        "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
        { code: 'setup_intent_unexpected_state' },
      );
    }
    checkMethodType(method, intent.payment_method_types, 'SetupIntent');
    checkWayBack('Setup Intent', intent.automatic_payment_methods, params);
    return this.attempt(account, intent, method, {
      returnUrl: params.use_stripe_sdk ? null : (params.return_url ?? null),
    });
  }

  attempt(account: string, intent: Intent, method: Method, options: AttemptOptions): SetupOutcome {
    const { engine } = this;
    const known = engine.paymentMethods.testCardOf(account, method.id);
    // A card that counts as set up, or asks in payments only, is set up without its owner.
    const asked = method.card && asksForChallenge(intent.payment_method_options?.card);
    if (!asked && (!known?.challenge || known.setUp)) return this.finish(account, intent, method, known);
    const waiting = this.become(account, intent.id, 'setup_intent.requires_action', {
      status: 'requires_action',
      payment_method: method.id,
      last_setup_error: null,
      next_action: engine.challenges.action(intent, options),
    });
    return { intent: waiting, error: null };
  }

  authenticate(account: string, id: string, passed: boolean): SetupOutcome {
    const { engine } = this;
    const intent = this.need(account, id);
    if (intent.status !== 'requires_action')
      throw invalid('This SetupIntent does not wait for authentication.');
    const method = engine.paymentMethods.need(account, idOf(intent.payment_method)!);
    if (passed)
      return this.finish(account, intent, method, engine.paymentMethods.testCardOf(account, method.id));
    return this.fail(account, intent, method, {
      type: 'invalid_request_error',
      code: 'setup_intent_authentication_failure',
      message: AUTHENTICATION_FAILED,
    });
  }

  cancel(account: string, id: string, reason: Intent['cancellation_reason']): Intent {
    this.checkOpen(this.need(account, id), 'cancel');
    return this.become(account, id, 'setup_intent.canceled', {
      status: 'canceled',
      cancellation_reason: reason,
      next_action: null,
    });
  }

  need(account: string, id: string): Intent {
    return this.engine.store.need('setup_intent', account, id, 'intent');
  }

  private finish(account: string, intent: Intent, method: Method, known: TestCard | undefined): SetupOutcome {
    const { engine } = this;
    if (known?.decline && !known.declinesLater) {
      const { code, decline_code, message } = known.decline;
      return this.fail(account, intent, method, { type: 'card_error', code, decline_code, message });
    }
    const customer = idOf(intent.customer);
    if (customer && !method.customer) engine.paymentMethods.attach(account, method.id, customer);
    engine.store.update('instrument', account, method.id, { setUp: true });
    const mandate = method.card ? null : engine.mandates.create(account, method).id;
    const done = this.become(account, intent.id, 'setup_intent.succeeded', {
      status: 'succeeded',
      payment_method: method.id,
      latest_attempt: this.record(account, intent, method, null),
      last_setup_error: null,
      mandate,
      next_action: null,
    });
    return { intent: done, error: null };
  }

  private fail(account: string, intent: Intent, method: Method, error: StripeErrorBody): SetupOutcome {
    const failed = this.become(account, intent.id, 'setup_intent.setup_failed', {
      status: 'requires_payment_method',
      payment_method: null,
      latest_attempt: this.record(account, intent, method, error),
      last_setup_error: { ...error, payment_method: method } as Intent['last_setup_error'],
      next_action: null,
    });
    return { intent: failed, error };
  }

  private record(account: string, intent: Intent, method: Method, error: StripeErrorBody | null): string {
    const { engine } = this;
    const id = engine.ids.next('setatt');
    engine.store.insert(
      'setup_attempt',
      account,
      newSetupAttempt(intent, method, { id, created: engine.clock.seconds(), error }),
    );
    return id;
  }

  private become(account: string, id: string, event: Stripe.Event['type'], patch: Partial<Intent>): Intent {
    const { engine } = this;
    const intent = engine.store.update('setup_intent', account, id, patch);
    engine.events.emit(account, event, intent);
    for (const follower of this.followers) follower(account, intent);
    return this.need(account, id);
  }

  private checkOpen(intent: Intent, verb: 'update' | 'confirm' | 'cancel'): void {
    if (BEFORE.includes(intent.status)) return;
    throw invalid(
      `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be ${verb === 'cancel' ? 'canceled' : verb + 'ed'}: ${BEFORE.join(', ')}.`,
      { code: 'setup_intent_unexpected_state' },
    );
  }
}
