import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { formatMoney } from '../ui/format.js';
import { Badge, Card, Facts, Money, Notice, Timeline, When } from '../ui/parts.js';
import { isOpen } from '../../verbs/disputes.js';
import { Button, PostForm, Select } from '../ui/forms.js';
import { disputeState, methodWord, paymentState, sentence } from '../words.js';
import { eventEntry } from './event-words.js';
import { AccountLink, Frame } from './frame.js';
import { chargeOf, receiverOf } from './payments.js';
import { Transactions } from './transactions.js';

interface Props {
  engine: Engine;
  /** Whose payment it is: the platform's, or a direct charge's. */
  account: string;
  intent: Stripe.PaymentIntent;
}

/** One payment: what it came from, where its money went, and its story. */
export function PaymentPage({ engine, account, intent }: Props) {
  const trail = trailOf(engine, account, intent);
  const state = paymentState(intent, trail.charge);
  return (
    <Frame
      current="/dashboard/payments"
      heading={formatMoney(intent.amount, intent.currency)}
      lead={<span class="mono">{intent.id}</span>}
      action={<Badge {...state} />}
      back={{ href: '/dashboard/payments', label: 'Payments' }}
    >
      <div class="columns">
        <div class="stack">
          {intent.last_payment_error?.message && (
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
          <About {...trail} intent={intent} seller={receiverOf(engine, account, intent)} />
          <Disputes engine={engine} account={account} intent={intent} charge={trail.charge} />
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
function Disputes({ engine, account, intent, charge }: Props & { charge: Stripe.Charge | undefined }) {
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
        <PostForm action={`/dashboard/payments/${intent.id}/dispute`} label="Dispute">
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

const About = ({
  intent,
  charge,
  session,
  fee,
  transfer,
  refunds,
  seller,
}: Trail & { intent: Stripe.PaymentIntent; seller: string | null }) => (
  <Card title="Details">
    <Facts
      items={[
        ['Paid with', methodWord(charge?.payment_method_details)],
        ['Buyer', charge?.billing_details.email],
        ['Seller', seller && <AccountLink id={seller} />],
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
        ['Charge', charge && <span class="mono">{charge.id}</span>],
        ['Checkout Session', session && <span class="mono">{session.id}</span>],
        ...Object.entries(intent.metadata).map(([key, value]) => [key, value] as const),
      ]}
    />
  </Card>
);

/** Everything that hangs on a payment. */
function trailOf(engine: Engine, account: string, intent: Stripe.PaymentIntent) {
  const { store, platform } = engine;
  const charge = chargeOf(engine, account, intent);
  const session = store.by('checkout_session', account, 'payment_intent', intent.id)[0];
  const feeId = charge && idOf(charge.application_fee);
  const fee = feeId ? store.get('application_fee', platform, feeId) : undefined;
  const transferId = charge && idOf(charge.transfer);
  const transfer = transferId ? store.get('transfer', platform, transferId) : undefined;
  const refunds = store.by('refund', account, 'payment_intent', intent.id);
  const reversals = transfer ? store.by('transfer_reversal', platform, 'transfer', transfer.id) : [];
  const feeRefunds = fee ? store.by('fee_refund', platform, 'fee', fee.id) : [];
  const charges = store.by('charge', account, 'payment_intent', intent.id);
  const parts = [intent, session, fee, transfer, ...charges, ...refunds, ...reversals, ...feeRefunds];
  const ids = new Set(parts.filter((part) => part !== undefined).map((part) => part.id));
  const owners = [...new Set([account, platform])];
  const events = owners
    .flatMap((owner) => [...store.all('event', owner)])
    .filter((event) => ids.has((event.data.object as { id?: string }).id ?? ''))
    .sort((one, other) => one.created - other.created);
  const movements = (owner: string) =>
    [...ids].flatMap((id) => store.by('balance_transaction', owner, 'source', id));
  return {
    charge,
    session,
    fee,
    transfer,
    refunds,
    events: events.toReversed(),
    direct: account === platform ? [] : movements(account),
    transactions: movements(platform),
  };
}
