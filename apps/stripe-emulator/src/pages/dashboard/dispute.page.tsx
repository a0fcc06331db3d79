import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { EVIDENCE_FILES, EVIDENCE_TEXTS } from '../../verbs/dispute-evidence.js';
import { ANSWERABLE, isInquiry, isOpen } from '../../verbs/disputes.js';
import { Button, Field, PostForm } from '../ui/forms.js';
import { formatMoney } from '../ui/format.js';
import { Badge, Card, EmptyState, Facts, Timeline, When } from '../ui/parts.js';
import { disputeState, sentence } from '../words.js';
import { eventEntry } from './event-words.js';
import { AccountLink, Frame } from './frame.js';
import { disputedPayment } from './payment-rows.js';
import { Sellers } from './payments.js';
import { Transactions } from './transactions.js';

interface Props {
  engine: Engine;
  account: string;
  dispute: Stripe.Dispute;
}

/** One dispute: what was said against it, what it moved, and what the buyer's bank may do now. */
export const DisputePage = ({ engine, account, dispute }: Props) => (
  <Frame
    current="/dashboard/disputes"
    heading={formatMoney(dispute.amount, dispute.currency)}
    lead={<span class="mono">{dispute.id}</span>}
    action={<Badge {...disputeState(dispute)} />}
    back={{ href: '/dashboard/disputes', label: 'Disputes' }}
  >
    <div class="columns">
      <div class="stack">
        <Evidence dispute={dispute} />
        <Card title="On the balance" flush>
          <Transactions rows={engine.store.by('balance_transaction', account, 'source', dispute.id)} />
        </Card>
        <Card title="What happened">
          <Timeline entries={storyOf(engine, account, dispute.id).map(eventEntry)} />
        </Card>
      </div>
      <div class="stack">
        <About engine={engine} account={account} dispute={dispute} />
        <Answer account={account} dispute={dispute} />
        <Decision account={account} dispute={dispute} />
      </div>
    </div>
  </Frame>
);

function Evidence({ dispute: { evidence } }: { dispute: Stripe.Dispute }) {
  const given = [...EVIDENCE_TEXTS, ...EVIDENCE_FILES].filter((field) => evidence[field] !== null);
  return (
    <Card title="Evidence">
      {given.length === 0 ? (
        <EmptyState title="Nothing yet" icon="list">
          It is given here, or with the API, where it is staged until it is submitted.
        </EmptyState>
      ) : (
        <Facts items={given.map((field) => [sentence(field), idOf(evidence[field])] as const)} />
      )}
    </Card>
  );
}

function About({ engine, account, dispute }: Props) {
  const { evidence_details: details } = dispute;
  const payment = idOf(dispute.payment_intent) ?? idOf(dispute.charge)!;
  return (
    <Card title="Details">
      <Facts
        items={[
          ['Reason', sentence(dispute.reason)],
          ['Kind', isInquiry(dispute) ? 'Inquiry: no money was taken' : 'Chargeback'],
          ['Answer due', details.due_by !== null && <When at={details.due_by * 1000} />],
          ['Submitted', details.submission_count > 0 ? 'Yes' : 'Not yet'],
          ['Seller', <Sellers engine={engine} payment={disputedPayment(engine, dispute)} />],
          ['Taken from', <AccountLink engine={engine} id={account} />],
          [
            'Payment',
            <a class="mono" href={`/dashboard/payments/${payment}`}>
              {payment}
            </a>,
          ],
          ['Charge', <span class="mono">{idOf(dispute.charge)}</span>],
          ...Object.entries(dispute.metadata).map(([key, value]) => [key, value] as const),
        ]}
      />
    </Card>
  );
}

function Answer({ account, dispute }: Omit<Props, 'engine'>) {
  if (!ANSWERABLE.includes(dispute.status)) return null;
  return (
    <Card title="Answer the bank" subtitle="What is submitted can't be changed any more.">
      <PostForm action={`/dashboard/disputes/${account}/${dispute.id}`} label="Evidence">
        <Field
          values={{}}
          problems={{}}
          name="evidence"
          label="What speaks for the payment"
          help="winning_evidence or losing_evidence decides the dispute, as at Stripe."
        />
        <Button wide name="action" value="answer">
          Submit the evidence
        </Button>
      </PostForm>
    </Card>
  );
}

function Decision({ account, dispute }: Omit<Props, 'engine'>) {
  const inquiry = isInquiry(dispute);
  if (!isOpen(dispute)) return null;
  return (
    <Card
      title="Be the buyer's bank"
      subtitle={inquiry ? 'It asks, and has taken nothing yet.' : 'It has the money.'}
    >
      <PostForm action={`/dashboard/disputes/${account}/${dispute.id}`} label="Decision">
        {inquiry ? (
          <>
            <Button wide name="action" value="won">
              Close the inquiry
            </Button>
            <Button wide look="danger" name="action" value="escalate">
              Take the money
            </Button>
          </>
        ) : (
          <>
            <Button wide name="action" value="won">
              Give the money back: the seller wins
            </Button>
            <Button wide look="danger" name="action" value="lost">
              Keep the money: the buyer wins
            </Button>
          </>
        )}
      </PostForm>
    </Card>
  );
}

/** Newest first. */
function storyOf(engine: Engine, account: string, id: string): Stripe.Event[] {
  const steps = ['created', 'updated', 'funds_withdrawn', 'funds_reinstated', 'closed'];
  const index = { name: 'type', values: steps.map((step) => `charge.dispute.${step}`) };
  const filter = (event: Stripe.Event) => (event.data.object as Stripe.Dispute).id === id;
  return engine.store.page('event', account, { limit: 100, index, filter }).data;
}
