import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { formatMoney } from '../ui/format.js';
import { Badge, Card, Facts, Money, Notice, Timeline, When } from '../ui/parts.js';
import { isOpen } from '../../verbs/disputes.js';
import { Button, PostForm, Select } from '../ui/forms.js';
import { disputeState, methodWord, paymentState, sentence } from '../words.js';
import { eventEntry } from './event-words.js';
import { Frame } from './frame.js';
import type { Payment } from './payment-rows.js';
import { Sellers } from './payments.js';
import { Transactions } from './transactions.js';

interface Props {
  engine: Engine;
  payment: Payment;
}

/** One payment: what it came from, where its money went, and its story. */
export function PaymentPage({ engine, payment }: Props) {
  const { account, intent, charge, subject } = payment;
  const trail = trailOf(engine, payment);
  const state = paymentState(intent, charge);
  return (
    <Frame
      current="/dashboard/payments"
      heading={formatMoney(subject.amount, subject.currency)}
      lead={<span class="mono">{subject.id}</span>}
      action={<Badge {...state} />}
      back={{ href: '/dashboard/payments', label: 'Payments' }}
    >
      <div class="columns">
        <div class="stack">
          {intent?.last_payment_error?.message && (
            <Notice tone="bad" title={intent.last_payment_error.message}>
              {declineWords(intent)}
            </Notice>
          )}
          {account !== engine.platform && (
            <Card title="On the account's balance" flush>
              <Transactions rows={trail.direct} />
            </Card>
          )}
          <Card title="On your balance" flush>
            <Transactions rows={trail.transactions} />
          </Card>
          <Card title="What happened">
            <Timeline entries={trail.events.map(eventEntry)} />
          </Card>
        </div>
        <div class="stack">
          <About {...trail} engine={engine} payment={payment} />
          <Disputes engine={engine} payment={payment} />
        </div>
      </div>
    </Frame>
  );
}

const REASONS = [
  { value: 'fraudulent', label: 'It was not me' },
  { value: 'product_not_received', label: 'It never came' },
  { value: 'inquiry', label: 'Only ask about it' },
];

/** Its disputes, and a way to make one. */
function Disputes({ engine, payment: { account, charge, subject } }: Props) {
  if (!charge?.captured || charge.refunded) return null;
  const disputes = engine.disputes.ofCharge(account, charge.id);
  const open = disputes.some(isOpen);
  return (
    <Card title="Disputes">
      {disputes.length > 0 && (
        <Facts
          items={disputes.map((dispute) => [
            <When at={dispute.created * 1000} day />,
            <a href={`/dashboard/disputes/${account}/${dispute.id}`}>{disputeState(dispute).word}</a>,
          ])}
        />
      )}
      {!open && (
        <PostForm action={`/dashboard/payments/${subject.id}/dispute`} label="Dispute">
          <Select values={{}} problems={{}} name="reason" label="What the buyer says" options={REASONS} />
          <Button wide>Dispute it as the buyer</Button>
        </PostForm>
      )}
    </Card>
  );
}

const declineWords = ({ last_payment_error: error }: Stripe.PaymentIntent): string =>
  error?.decline_code
    ? `Decline code: ${sentence(error.decline_code).toLowerCase()}`
    : `Code: ${sentence(error?.code ?? 'none').toLowerCase()}`;

type Trail = ReturnType<typeof trailOf>;

const About = ({ engine, payment, session, fee, transfer, refunds }: Trail & Props) => (
  <Card title="Details">
    <Facts
      items={[
        ['Paid with', methodWord(payment.charge?.payment_method_details)],
        ['Buyer', payment.charge?.billing_details.email],
        ['Seller', <Sellers engine={engine} payment={payment} />],
        ['Transfer', transfer && <Money amount={transfer.amount} currency={transfer.currency} />],
        [
          'Reversed',
          transfer && transfer.amount_reversed > 0 && (
            <Money amount={-transfer.amount_reversed} currency={transfer.currency} />
          ),
        ],
        ['Application fee', fee && <Money amount={fee.amount} currency={fee.currency} />],
        [
          'Fee refunded',
          fee && fee.amount_refunded > 0 && <Money amount={-fee.amount_refunded} currency={fee.currency} />,
        ],
        ...refunds.map(
          (refund) =>
            [
              `Refund (${refund.status ?? 'pending'})`,
              <>
                <Money amount={-refund.amount} currency={refund.currency} /> on{' '}
                <When at={refund.created * 1000} day />
              </>,
            ] as const,
        ),
        ['Charge', payment.charge && <span class="mono">{payment.charge.id}</span>],
        ['Checkout Session', session && <span class="mono">{session.id}</span>],
        ...Object.entries(payment.subject.metadata).map(([key, value]) => [key, value] as const),
      ]}
    />
  </Card>
);

/** Everything that hangs on a payment. */
function trailOf(engine: Engine, { account, intent, charge }: Payment) {
  const { store, platform } = engine;
  const session = intent ? store.by('checkout_session', account, 'payment_intent', intent.id)[0] : undefined;
  const feeId = charge && idOf(charge.application_fee);
  const fee = feeId ? store.get('application_fee', platform, feeId) : undefined;
  const transferId = charge && idOf(charge.transfer);
  const transfer = transferId ? store.get('transfer', account, transferId) : undefined;
  const charges = intent ? store.by('charge', account, 'payment_intent', intent.id) : [charge];
  const refunds = charges.flatMap((one) => (one ? store.by('refund', account, 'charge', one.id) : []));
  const reversals = transfer ? store.by('transfer_reversal', account, 'transfer', transfer.id) : [];
  const feeRefunds = fee ? store.by('fee_refund', platform, 'fee', fee.id) : [];
  const parts = [intent, session, fee, transfer, ...charges, ...refunds, ...reversals, ...feeRefunds];
  const ids = new Set(parts.filter((part) => part != null).map((part) => part.id));
  const owners = [...new Set([account, platform])];
  const events = owners
    .flatMap((owner) => [...store.all('event', owner)])
    .filter((event) => ids.has((event.data.object as { id?: string }).id ?? ''))
    .sort((one, other) => one.created - other.created);
  const movements = (owner: string) =>
    [...ids].flatMap((id) => store.by('balance_transaction', owner, 'source', id));
  return {
    session,
    fee,
    transfer,
    refunds,
    events: events.toReversed(),
    direct: account === platform ? [] : movements(account),
    transactions: movements(platform),
  };
}
