import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { missing } from '../../engine/errors.js';
import { mergeMetadata } from '../metadata.js';

type Configuration = Stripe.BillingPortal.Configuration;
type Session = Stripe.BillingPortal.Session;
type Create = Stripe.BillingPortal.ConfigurationCreateParams;
type Features = Configuration['features'];
/** What either call says of the features. */
type GivenFeatures = Stripe.BillingPortal.ConfigurationUpdateParams.Features;

/** Customer portals: what customers may do there, and their way in. */
export class Portals {
  constructor(private readonly engine: Engine) {}

  configure(account: string, params: Create, isDefault = false): Configuration {
    const { engine } = this;
    const now = engine.clock.seconds();
    const { business_profile: profile } = params;
    const configuration = engine.store.insert('portal_configuration', account, {
      id: engine.ids.next('bpc'),
      object: 'billing_portal.configuration',
      active: true,
      application: null,
      business_profile: {
        headline: profile?.headline || null,
        privacy_policy_url: profile?.privacy_policy_url ?? null,
        terms_of_service_url: profile?.terms_of_service_url ?? null,
      },
      created: now,
      default_return_url: params.default_return_url || null,
      features: this.features(account, NO_FEATURES, params.features),
      is_default: isDefault,
      livemode: engine.livemode,
      login_page: { enabled: false, url: null },
      metadata: mergeMetadata({}, params.metadata),
      name: params.name || null,
      updated: now,
    });
    engine.events.emit(account, 'billing_portal.configuration.created', configuration);
    return configuration;
  }

  update(account: string, id: string, params: Stripe.BillingPortal.ConfigurationUpdateParams): Configuration {
    const { engine } = this;
    const before = this.need(account, id);
    const { business_profile: profile, features, default_return_url: url } = params;
    const after = engine.store.update('portal_configuration', account, id, {
      ...(params.active !== undefined && { active: params.active }),
      ...(profile && {
        business_profile: {
          headline:
            profile.headline === undefined ? before.business_profile.headline : profile.headline || null,
          privacy_policy_url: profile.privacy_policy_url ?? before.business_profile.privacy_policy_url,
          terms_of_service_url: profile.terms_of_service_url ?? before.business_profile.terms_of_service_url,
        },
      }),
      ...(url !== undefined && { default_return_url: url || null }),
      ...(features && { features: this.features(account, before.features, features) }),
      ...(params.name !== undefined && { name: params.name || null }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
      updated: engine.clock.seconds(),
    });
    engine.events.emit(account, 'billing_portal.configuration.updated', after);
    return after;
  }

  need(account: string, id: string): Configuration {
    const configuration = this.engine.store.get('portal_configuration', account, id);
    if (!configuration) throw missing('configuration', id);
    return configuration;
  }

  open(account: string, params: Stripe.BillingPortal.SessionCreateParams): Session {
    const { engine } = this;
    const customer = engine.store.need('customer', account, params.customer ?? '', 'customer');
    const configuration = params.configuration
      ? this.need(account, params.configuration)
      : this.standard(account);
    const id = engine.ids.next('bps');
    const session = engine.store.insert('portal_session', account, {
      id,
      object: 'billing_portal.session',
      configuration: configuration.id,
      created: engine.clock.seconds(),
      customer: customer.id,
      customer_account: null,
      flow: null,
      livemode: engine.livemode,
      locale: params.locale ?? null,
      on_behalf_of: null,
      return_url: params.return_url ?? configuration.default_return_url,
      url: `${engine.baseUrl}/p/session/${id}`,
    });
    engine.events.emit(account, 'billing_portal.session.created', session);
    return session;
  }

  private features(account: string, before: Features, given: GivenFeatures | Create['features']): Features {
    for (const [at, { prices }] of (given.subscription_update?.products || []).entries()) {
      prices.forEach((price, place) =>
        this.engine.billing.prices.need(
          account,
          price,
          `features[subscription_update][products][${at}][prices][${place}]`,
        ),
      );
    }
    return featuresOf(before, given);
  }

  /** At Stripe a test account has one from the start; here it is made when it is first needed. */
  private standard(account: string): Configuration {
    for (const one of this.engine.store.all('portal_configuration', account)) if (one.is_default) return one;
    const on = { enabled: true };
    return this.configure(
      account,
      {
        features: {
          invoice_history: on,
          payment_method_update: on,
          subscription_cancel: { ...on, mode: 'at_period_end' },
        },
      },
      true,
    );
  }
}

const REASONS = ['too_expensive', 'missing_features', 'switched_service', 'unused', 'customer_service', 'too_complex', 'low_quality', 'other']; // prettier-ignore

const NO_FEATURES: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: REASONS },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: null,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

function featuresOf(before: Features, given: GivenFeatures | Create['features']): Features {
  const { customer_update: customer, subscription_cancel: cancel } = given;
  return {
    ...before,
    ...(customer && {
      customer_update: {
        allowed_updates: customer.allowed_updates || before.customer_update.allowed_updates,
        enabled: customer.enabled ?? before.customer_update.enabled,
      },
    }),
    ...(given.invoice_history && { invoice_history: { enabled: given.invoice_history.enabled } }),
    ...(given.payment_method_update && {
      payment_method_update: {
        enabled: given.payment_method_update.enabled ?? before.payment_method_update.enabled,
        payment_method_configuration: null,
      },
    }),
    ...(cancel && {
      subscription_cancel: {
        ...before.subscription_cancel,
        enabled: cancel.enabled ?? before.subscription_cancel.enabled,
        mode: cancel.mode ?? before.subscription_cancel.mode,
        proration_behavior: cancel.proration_behavior ?? before.subscription_cancel.proration_behavior,
        cancellation_reason: {
          ...before.subscription_cancel.cancellation_reason,
          enabled:
            cancel.cancellation_reason?.enabled ?? before.subscription_cancel.cancellation_reason.enabled,
          options:
            cancel.cancellation_reason?.options || before.subscription_cancel.cancellation_reason.options,
        },
      },
    }),
    ...(given.subscription_pause && {
      subscription_pause: pauseOf(before.subscription_pause, given.subscription_pause),
    }),
    ...(given.subscription_update && {
      subscription_update: updateOf(before.subscription_update, given.subscription_update),
    }),
  };
}

function pauseOf(
  before: Features['subscription_pause'],
  given: NonNullable<GivenFeatures['subscription_pause']>,
): Features['subscription_pause'] {
  const { enabled = before.enabled, duration } = given;
  if (!duration) return { ...before, enabled };
  const options = (duration.interval_options || []).map(({ interval, interval_count: count = 1 }) => ({
    interval,
    interval_count: count,
  }));
  return { enabled, duration: { type: duration.type, interval_options: options } };
}

function updateOf(
  before: Features['subscription_update'],
  given: NonNullable<GivenFeatures['subscription_update']>,
): Features['subscription_update'] {
  const { enabled, default_allowed_updates: allowed, products, proration_behavior: behavior } = given;
  return {
    ...before,
    ...(enabled !== undefined && { enabled }),
    ...(allowed !== undefined && { default_allowed_updates: allowed || [] }),
    ...(behavior && { proration_behavior: behavior }),
    ...(products !== undefined && {
      products: (products || []).map(({ product, prices, adjustable_quantity: adjustable }) => ({
        product,
        prices,
        adjustable_quantity: {
          enabled: adjustable?.enabled ?? false,
          maximum: adjustable?.maximum ?? null,
          minimum: adjustable?.minimum ?? 1,
        },
      })),
    }),
  };
}
