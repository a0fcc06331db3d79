import type Stripe from 'stripe';
import { CardFields } from '../checkout/card-fields.js';
import { Button, FormProblems, PostForm, type FormState } from '../ui/forms.js';
import { formatDay, formatMoney } from '../ui/format.js';
import { Narrow } from '../ui/hosted.js';
import { Badge, Card, EmptyState, Facts, Money, Notice, When } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { invoiceState, methodWord, subscriptionState } from '../words.js';

/** A subscription with what the portal says of it. */
export interface Shown {
  subscription: Stripe.Subscription;
  /** The names of its products. */
  name: string;
  /** Minor units per period. */
  amount: number;
}

export interface PortalProps {
  platform: string;
  /** Address of the portal. */
  base: string;
  session: Stripe.BillingPortal.Session;
  features: Stripe.BillingPortal.Configuration.Features;
  headline: string | null;
  subscriptions: Shown[];
  method: Stripe.PaymentMethod | undefined;
  invoices: Stripe.Invoice[];
  done: string | undefined;
}

const SAYS: Record<string, string> = {
  card: 'Your new card is in use',
  canceled: 'Your subscription is canceled',
  kept: 'Your subscription goes on',
};

export function PortalPage(props: PortalProps) {
  const { platform, session, features, invoices, done } = props;
  return (
    <Narrow
      heading={`Your account with ${platform}`}
      lead={props.headline ?? 'Subscriptions, card and invoices.'}
    >
      {done && SAYS[done] && <Notice tone="good" title={SAYS[done]} />}
      <div class="stack">
        <Subscriptions {...props} />
        <PaymentMethod {...props} />
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

function Subscriptions({ subscriptions, features, base }: PortalProps) {
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
      {subscriptions.map(({ subscription, name, amount }) => (
        <Card key={subscription.id} title={name} action={<Badge {...subscriptionState(subscription)} />}>
          <div class="stack">
            <Facts
              items={[
                ['Price', rhythm(subscription, amount)],
                [subscription.cancel_at_period_end ? 'Ends on' : 'Next payment on', nextDay(subscription)],
              ]}
            />
            {features.subscription_cancel.enabled && <CancelForm subscription={subscription} base={base} />}
          </div>
        </Card>
      ))}
    </>
  );
}

const CancelForm = ({ subscription, base }: { subscription: Stripe.Subscription; base: string }) => (
  <PostForm action={`${base}/${subscription.cancel_at_period_end ? 'keep' : 'cancel'}`} inline>
    <input type="hidden" name="subscription" value={subscription.id} />
    {subscription.cancel_at_period_end ? (
      <Button>Keep the subscription</Button>
    ) : (
      <Button>Cancel the subscription</Button>
    )}
  </PostForm>
);

function PaymentMethod({ features, method, base }: PortalProps) {
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

function rhythm(subscription: Stripe.Subscription, amount: number): string {
  const { interval, interval_count: count } = subscription.items.data[0]!.price.recurring!;
  const every = count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
  return `${formatMoney(amount, subscription.currency)} ${every}`;
}

const nextDay = (subscription: Stripe.Subscription): string =>
  formatDay(subscription.items.data[0]!.current_period_end * 1000);
