import type Stripe from 'stripe';
import { addPeriods } from '../../verbs/billing/periods.js';
import { seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import { formatDay } from '../ui/format.js';
import { Button, Choice, PostForm, Select, type Option } from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import { sentence } from '../words.js';
import { carryOut, type AtOne, type ForOne } from './one.js';

const BLANK = { values: {}, problems: {} };

type Feedback = NonNullable<Stripe.SubscriptionUpdateParams.CancellationDetails['feedback']>;

/** What canceling means, before it is done. */
export const showCancel: ForOne = ({ visit, subscription, reply }) => {
  const { subscription_cancel: feature } = visit.features;
  if (!feature.enabled || subscription.cancel_at_period_end) return seeOther(reply, visit.base);
  const lead =
    feature.mode === 'immediately'
      ? 'It ends at once, and you are not charged again.'
      : `You keep it until ${endOf(subscription)}, and are not charged again. Until then you can change your mind.`;
  const reasons = feature.cancellation_reason;
  return sendPage(reply, {
    title: 'Cancel',
    body: (
      <Narrow heading={`Cancel ${visit.nameOf(subscription)}?`} lead={lead}>
        <PostForm action={`${visit.base}/subscriptions/${subscription.id}/cancel`} label="Cancel">
          {reasons.enabled && (
            <Select
              {...BLANK}
              name="feedback"
              label="Why do you cancel?"
              optional
              options={[
                { value: '', label: 'I would rather not say' },
                ...reasons.options.map((value) => ({ value, label: sentence(value) })),
              ]}
            />
          )}
          <Button look="danger" wide>
            Cancel the subscription
          </Button>
        </PostForm>
        <p class="step-links">
          <a href={visit.base}>Keep it</a>
        </p>
      </Narrow>
    ),
  });
};

export const cancel: ForOne = (at) => {
  const { visit, subscription, values, reply } = at;
  const {
    enabled,
    mode,
    proration_behavior: behavior,
    cancellation_reason: reasons,
  } = visit.features.subscription_cancel;
  if (!enabled) return seeOther(reply, visit.base);
  const feedback = reasons.enabled && reasons.options.find((one) => one === values['feedback']);
  const details = feedback ? { cancellation_details: { feedback: feedback as Feedback } } : {};
  const { subscriptionChanges, subscriptionStates } = visit.engine.billing;
  return carryOut(at, 'canceled', () =>
    mode === 'immediately'
      ? subscriptionStates.cancel(visit.account, subscription.id, {
          ...details,
          prorate: behavior !== 'none',
          invoice_now: behavior === 'always_invoice',
        })
      : subscriptionChanges.update(visit.account, subscription.id, {
          ...details,
          cancel_at_period_end: true,
        }),
  );
};

export const keep: ForOne = (at) => {
  const { visit, subscription, reply } = at;
  if (!visit.features.subscription_cancel.enabled) return seeOther(reply, visit.base);
  return carryOut(at, 'kept', () =>
    visit.engine.billing.subscriptionChanges.update(visit.account, subscription.id, {
      cancel_at_period_end: false,
    }),
  );
};

/** For how long, where the platform offers a choice of it. */
export const showPause: ForOne = ({ visit, subscription, reply }) => {
  if (!visit.features.subscription_pause.enabled) return seeOther(reply, visit.base);
  const options = durations(visit.features.subscription_pause.duration);
  return sendPage(reply, {
    title: 'Pause',
    body: (
      <Narrow
        heading={`Pause ${visit.nameOf(subscription)}`}
        lead="Nothing is charged while it is paused. You can go on with it at any time."
      >
        <PostForm action={`${visit.base}/subscriptions/${subscription.id}/pause`} label="Pause">
          {options.length > 0 && (
            <Choice
              {...BLANK}
              values={{ duration: '0' }}
              name="duration"
              label="For how long"
              options={options}
            />
          )}
          <Button look="primary" wide>
            Pause the subscription
          </Button>
        </PostForm>
        <p class="step-links">
          <a href={visit.base}>Keep it as it is</a>
        </p>
      </Narrow>
    ),
  });
};

/** Its invoices are void until it goes on, as with `pause_collection`. */
export const pause: ForOne = (at) => {
  const { visit, subscription, values, reply } = at;
  const { enabled, duration } = visit.features.subscription_pause;
  if (!enabled) return seeOther(reply, visit.base);
  const timed = duration.type === 'interval_options';
  const chosen = timed ? duration.interval_options[Number(values['duration'] ?? 0)] : undefined;
  if (timed && !chosen) return showPause(at);
  const resumes_at = chosen && addPeriods(visit.now(subscription), chosen, 1);
  return setPause(at, 'paused', { behavior: 'void', ...(resumes_at && { resumes_at }) });
};

export const resume: ForOne = (at) =>
  at.visit.features.subscription_pause.enabled
    ? setPause(at, 'resumed', '')
    : seeOther(at.reply, at.visit.base);

function setPause(
  at: AtOne,
  done: string,
  pause_collection: NonNullable<Stripe.SubscriptionUpdateParams['pause_collection']>,
) {
  const { engine, account } = at.visit;
  return carryOut(at, done, () =>
    engine.billing.subscriptionChanges.update(account, at.subscription.id, { pause_collection }),
  );
}

type Duration = Stripe.BillingPortal.Configuration.Features.SubscriptionPause.Duration;

const durations = ({ type, interval_options: options }: Duration): Option[] =>
  type === 'indefinite'
    ? []
    : options.map(({ interval, interval_count: count }, at) => ({
        value: String(at),
        label: count === 1 ? `One ${interval}` : `${count} ${interval}s`,
      }));

const endOf = (subscription: Stripe.Subscription): string =>
  formatDay(subscription.items.data[0]!.current_period_end * 1000);
