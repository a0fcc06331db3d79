import type Stripe from 'stripe';
import { attempt, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import type { Problems, Values } from '../ui/forms.js';
import { carryOut, type AtOne, type ForOne } from './one.js';
import { PlansPage, PreviewPage } from './plan.pages.js';
import { canChange, plansFor, quantityOf, updateOf, type Plan } from './plan.rules.js';

/** Seconds for which the figures of a preview hold. */
const HOLDS = 600;

export const showPlans: ForOne = (at) => sendPlans(at, {});

function sendPlans(at: AtOne, problems: Problems, given?: Values) {
  const { visit, subscription, reply } = at;
  if (!canChange(visit, subscription)) return seeOther(reply, visit.base);
  const { price, quantity } = subscription.items.data[0]!;
  const values = given ?? { price: price.id, quantity: String(quantity ?? 1) };
  return sendPage(reply, {
    title: 'Change the plan',
    status: Object.keys(problems).length > 0 ? 422 : 200,
    body: (
      <PlansPage
        visit={visit}
        subscription={subscription}
        plans={plansFor(visit, subscription)}
        form={{ values, problems }}
      />
    ),
  });
}

/** What it would cost, now and from then on, before anybody agrees to it. */
export const previewPlan: ForOne = (at) => {
  const { visit, subscription, reply, values } = at;
  const chosen = read(at);
  if ('problems' in chosen) return sendPlans(at, chosen.problems, values);
  const { plan, quantity } = chosen;
  const date = visit.now(subscription);
  const params = updateOf(visit, subscription, plan, quantity, date);
  const tried = attempt(visit.engine, () =>
    visit.engine.billing.previews.change(visit.account, subscription, params),
  );
  if (!tried.done) return sendPlans(at, { price: tried.message }, values);
  const shown = { plan, quantity, date, ...tried.result };
  return sendPage(reply, {
    title: 'Confirm the change',
    body: <PreviewPage visit={visit} subscription={subscription} {...shown} />,
  });
};

export const changePlan: ForOne = (at) => {
  const { visit, subscription, values } = at;
  const chosen = read(at);
  if ('problems' in chosen) return sendPlans(at, chosen.problems, values);
  const date = Number(values['date']);
  const now = visit.now(subscription);
  // Figures that are too old to hold are shown anew.
  if (!(date <= now && now - date <= HOLDS)) return previewPlan(at);
  const params = updateOf(visit, subscription, chosen.plan, chosen.quantity, date);
  return carryOut(at, 'changed', () =>
    visit.engine.billing.subscriptionChanges.update(visit.account, subscription.id, params),
  );
};

function read({ visit, subscription, values }: AtOne): Chosen | { problems: Problems } {
  if (!canChange(visit, subscription))
    return { problems: { price: 'This subscription can not be changed here.' } };
  const plan = plansFor(visit, subscription).find(({ price }) => price.id === values['price']);
  if (!plan) return { problems: { price: 'Choose one of the plans.' } };
  const item = subscription.items.data[0] as Stripe.SubscriptionItem;
  const before = item.quantity ?? 1;
  const quantity = quantityOf(plan, values['quantity'], before);
  if (quantity === null) return { problems: { quantity: allowedWords(plan) } };
  return item.price.id === plan.price.id && quantity === before
    ? { problems: { price: 'This is what you have. Choose something else, or go back.' } }
    : { plan, quantity };
}

type Chosen = { plan: Plan; quantity: number };

function allowedWords({ quantity: { minimum, maximum } }: Plan): string {
  const least = Math.max(1, minimum);
  return maximum === null
    ? `Enter a whole number of ${least} or more.`
    : `Enter a whole number from ${least} to ${maximum}.`;
}
