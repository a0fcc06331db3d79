import type Stripe from 'stripe';
import { formatMoney } from '../ui/format.js';
import { Button, Choice, Field, FormProblems, PostForm, type FormState } from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import { Card, Facts, Money, When } from '../ui/parts.js';
import type { Plan } from './plan.rules.js';
import { rhythm } from './portal.pages.js';
import type { Visit } from './visit.js';

interface Props {
  visit: Visit;
  subscription: Stripe.Subscription;
}

export function PlansPage(props: Props & { plans: Plan[]; form: FormState }) {
  const { visit, subscription, plans, form } = props;
  const item = subscription.items.data[0]!;
  const counted = plans.some(({ quantity }) => quantity.enabled);
  return (
    <Narrow
      heading="Change the plan"
      lead="The next page says what it costs; nothing is changed before you agree."
    >
      <FormProblems problems={form.problems} />
      <PostForm action={`${visit.base}/subscriptions/${subscription.id}/preview`} label="Plan">
        <Choice
          {...form}
          name="price"
          label="Plan"
          options={plans.map(({ price, name }) => ({
            value: price.id,
            label: `${name}, ${priceWord(price)}`,
            hint: price.id === item.price.id ? 'What you have now' : price.nickname,
          }))}
        />
        {counted && <Field {...form} name="quantity" label="How many" inputMode="numeric" maxLength={6} />}
        <Button look="primary" wide>
          Continue
        </Button>
      </PostForm>
      <p class="step-links">
        <a href={visit.base}>Back</a>
      </p>
    </Narrow>
  );
}

interface PreviewProps extends Props {
  plan: Plan;
  quantity: number;
  /** Unix seconds at which the figures were made. */
  date: number;
  /** What is charged at once, if anything. */
  now: Stripe.Invoice | null;
  next: Stripe.Invoice;
}

export function PreviewPage({ visit, subscription, plan, quantity, date, now, next }: PreviewProps) {
  const { currency } = subscription;
  const due = now ? Math.max(0, now.total) : 0;
  return (
    <Narrow heading="Confirm the change">
      <Card title={plan.name}>
        <Facts
          items={[
            ['Price', priceWord(plan.price)],
            ['How many', quantity > 1 && quantity],
            ['Charged now', <Money amount={due} currency={currency} />],
            ['Next payment', <Money amount={next.total} currency={currency} />],
            ['Next payment on', <When at={next.period_end * 1000} day />],
          ]}
        />
      </Card>
      {now && <Lines title="What is charged now" invoice={now} />}
      <Lines title="What the next payment consists of" invoice={next} />
      <PostForm action={`${visit.base}/subscriptions/${subscription.id}/plan`} label="Confirm">
        <input type="hidden" name="price" value={plan.price.id} />
        <input type="hidden" name="quantity" value={quantity} />
        <input type="hidden" name="date" value={date} />
        <Button look="primary" wide>
          {due > 0 ? `Change and pay ${formatMoney(due, currency)}` : 'Change the plan'}
        </Button>
      </PostForm>
      <p class="step-links">
        <a href={`${visit.base}/subscriptions/${subscription.id}/plan`}>Back</a>
      </p>
    </Narrow>
  );
}

const Lines = ({ title, invoice }: { title: string; invoice: Stripe.Invoice }) => (
  <Card title={title}>
    <Facts
      items={invoice.lines.data.map((line) => [
        line.description ?? 'Item',
        <Money amount={line.amount} currency={invoice.currency} />,
      ])}
    />
  </Card>
);

/** "€15.00 per month"; tiers have no single amount. */
function priceWord({ unit_amount: amount, currency, recurring }: Stripe.Price): string {
  const every = rhythm(recurring!);
  return amount === null ? `priced ${every}` : `${formatMoney(amount, currency)} ${every}`;
}
