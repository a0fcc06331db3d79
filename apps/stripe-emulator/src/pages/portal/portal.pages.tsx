import type Stripe from 'stripe';
import { CardFields } from '../checkout/card-fields.js';
import { Button, FormProblems, PostForm, type FormState } from '../ui/forms.js';
import { formatDay, formatMoney } from '../ui/format.js';
import { Narrow } from '../ui/hosted.js';
import { Badge, Card, EmptyState, Facts, Money, Notice, When } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { invoiceState, methodWord, subscriptionState } from '../words.js';
import { canChange } from './plan.rules.js';
import type { Visit } from './visit.js';

export interface PortalProps {
  visit: Visit;
  invoices: Stripe.Invoice[];
  done: string | undefined;
}

const SAYS: Record<string, string> = {
  card: 'Your new card is in use',
  canceled: 'Your subscription is canceled',
  kept: 'Your subscription goes on',
  changed: 'Your plan is changed',
  paused: 'Your subscription is paused',
  resumed: 'Your subscription goes on',
};

export function PortalPage({ visit, invoices, done }: PortalProps) {
  const { platform, session, features, configuration } = visit;
  return (
    <Narrow
      heading={`Your account with ${platform}`}
      lead={configuration.business_profile.headline ?? 'Subscriptions, card and invoices.'}
    >
      {done && SAYS[done] && <Notice tone="good" title={SAYS[done]} />}
      {done === 'refused' && (
        <Notice tone="bad" title="That did not work" alert>
          Your subscription is as it was. Try again, or ask {platform}.
        </Notice>
      )}
      <div class="stack">
        <Subscriptions visit={visit} />
        <PaymentMethod visit={visit} />
        {features.invoice_history.enabled && (
          <Card title="Invoices" flush>
            <Invoices invoices={invoices} />
          </Card>
        )}
      </div>
      {session.return_url && (
        <p class="step-links">
          <a href={session.return_url}>Back to {platform}</a>
        </p>
      )}
      <p class="help">This page is good for an hour. Open it again from the shop.</p>
    </Narrow>
  );
}

function Subscriptions({ visit }: { visit: Visit }) {
  const { subscriptions } = visit;
  if (subscriptions.length === 0) {
    return (
      <Card title="Subscriptions">
        <EmptyState title="No subscriptions" icon="list">
          What you subscribe to is listed here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      {subscriptions.map((subscription) => (
        <Card
          key={subscription.id}
          title={visit.nameOf(subscription)}
          action={<Badge {...subscriptionState(subscription)} />}
        >
          <div class="stack">
            <Facts items={factsOf(visit, subscription)} />
            <Ways visit={visit} subscription={subscription} />
          </div>
        </Card>
      ))}
    </>
  );
}

function factsOf(visit: Visit, subscription: Stripe.Subscription) {
  const { cancel_at_period_end: ends, currency, items, pause_collection: pause } = subscription;
  const [item] = items.data;
  const price = `${formatMoney(visit.amountOf(subscription), currency)} ${rhythm(item!.price.recurring!)}`;
  const end = formatDay(item!.current_period_end * 1000);
  return [
    ['Price', price],
    ['How many', items.data.length === 1 && (item!.quantity ?? 1) > 1 && item!.quantity],
    ['Goes on', pause && (pause.resumes_at ? formatDay(pause.resumes_at * 1000) : 'When you say so')],
    [ends ? 'Ends on' : 'Next payment on', (ends || !pause) && end],
  ] as const;
}

/** What its customer may do with a subscription. */
function Ways({ visit, subscription }: { visit: Visit; subscription: Stripe.Subscription }) {
  const { features, base } = visit;
  const at = `${base}/subscriptions/${subscription.id}`;
  const ending = subscription.cancel_at_period_end;
  const paused = subscription.pause_collection !== null;
  return (
    <div class="actions">
      {canChange(visit, subscription) && (
        <a class="button button-secondary" href={`${at}/plan`}>
          Change the plan
        </a>
      )}
      {features.subscription_pause.enabled && paused && (
        <PostForm action={`${at}/resume`} inline>
          <Button look="primary">Go on with it</Button>
        </PostForm>
      )}
      {features.subscription_pause.enabled && !paused && !ending && (
        <a class="button button-secondary" href={`${at}/pause`}>
          Pause
        </a>
      )}
      {features.subscription_cancel.enabled && ending && (
        <PostForm action={`${at}/keep`} inline>
          <Button look="primary">Keep the subscription</Button>
        </PostForm>
      )}
      {features.subscription_cancel.enabled && !ending && (
        <a class="button button-secondary" href={`${at}/cancel`}>
          Cancel the subscription
        </a>
      )}
    </div>
  );
}

function PaymentMethod({ visit: { features, method, base } }: { visit: Visit }) {
  if (!features.payment_method_update.enabled) return null;
  return (
    <Card
      title="Payment method"
      action={<a href={`${base}/card`}>{method ? 'Use another card' : 'Add a card'}</a>}
    >
      <p>{method ? methodWord(method) : 'No card is kept yet.'}</p>
    </Card>
  );
}

const Invoices = ({ invoices }: { invoices: Stripe.Invoice[] }) => (
  <Table
    caption="Invoices"
    rows={invoices}
    keyOf={(invoice) => invoice.id}
    empty={
      <EmptyState title="No invoices yet" icon="inbox">
        Each payment of a subscription comes with one.
      </EmptyState>
    }
    columns={[
      { header: 'Date', names: true, cell: (invoice) => <When at={invoice.created * 1000} day /> },
      { header: 'State', cell: (invoice) => <Badge {...invoiceState(invoice)} /> },
      {
        header: 'Amount',
        end: true,
        cell: (invoice) => <Money amount={invoice.total} currency={invoice.currency} />,
      },
      {
        header: 'Invoice',
        end: true,
        cell: (invoice) => <a href={invoice.hosted_invoice_url!}>{invoice.number}</a>,
      },
    ]}
  />
);

export const CardPage = (props: {
  platform: string;
  base: string;
  form: FormState;
  refusal?: string | undefined;
}) => (
  <Narrow heading="Use another card" lead={`${props.platform} charges it from the next payment on.`}>
    {props.refusal ? (
      <Notice tone="bad" title={props.refusal} alert>
        The card you have stays in use. Try again or use another one.
      </Notice>
    ) : (
      <FormProblems problems={props.form.problems} />
    )}
    <PostForm action={`${props.base}/card`} label="Card">
      <CardFields form={props.form} />
      <Button look="primary" wide>
        Use this card
      </Button>
    </PostForm>
    <p class="step-links">
      <a href={props.base}>Back</a>
    </p>
  </Narrow>
);

/** "per month", "every 3 months". */
export const rhythm = ({ interval, interval_count: count }: Stripe.Price.Recurring): string =>
  count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
