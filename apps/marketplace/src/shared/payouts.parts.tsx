import { accountName } from '#books';
import {
  payoutStatusWord,
  type PayoutLineView,
  type PayoutStatus,
  type PayoutStory,
  type PayoutView,
} from '#payouts';
import {
  Badge,
  Card,
  type Column,
  DateTime,
  DescriptionList,
  EmptyState,
  formatDay,
  formatMoney,
  Money,
  MoneyCell,
  Table,
  Timeline,
  type Tone,
} from '../ui/index.js';

export const payoutTone: Readonly<Record<PayoutStatus, Tone>> = {
  pending: 'waiting',
  in_transit: 'waiting',
  paid: 'good',
  failed: 'bad',
  canceled: 'neutral',
};

export const PayoutBadge = ({ status }: { status: PayoutStatus }) => (
  <Badge tone={payoutTone[status]}>{payoutStatusWord[status]}</Badge>
);

/** "STRIPE TEST BANK, ending in 6789" */
export function bankWords({ bankName, bankLast4 }: PayoutView): string {
  if (!bankLast4) return 'The bank account on file';
  return `${bankName ?? 'Bank account'}, ending in ${bankLast4}`;
}

/** The state as a sentence. */
export function payoutSentence(payout: PayoutView): string {
  const day = formatDay(new Date(payout.arrivalOn));
  switch (payout.status) {
    case 'pending':
      return `Stripe is preparing it. It should arrive on ${day}.`;
    case 'in_transit':
      return `It is with the bank and should arrive on ${day}.`;
    case 'paid':
      return `It arrived on ${day}. A bank can still send it back within a few days.`;
    case 'failed':
      return `It failed: ${payout.failure}. The money is in the Stripe balance again.`;
    case 'canceled':
      return 'It was canceled. The money is in the Stripe balance again.';
  }
}

/** One currency's sum in a table. */
export const PayoutAmount = ({ payout: { amount } }: { payout: PayoutView }) => (
  <MoneyCell amount={amount.amount} currency={amount.currency} />
);

/** Everything about one payout below its title; `orderHref` leads to an order's page. */
export const PayoutDetails = (props: { story: PayoutStory; orderHref: (orderId: string) => string }) => {
  const { payout, lines, happenings } = props.story;
  return (
    <>
      <Card title="This payout">
        <DescriptionList
          items={[
            { term: 'Amount', value: <Money {...amountOf(payout.amount)} /> },
            { term: 'Bank', value: bankWords(payout) },
            { term: 'Made', value: <DateTime at={payout.createdAt} /> },
            { term: 'How', value: payout.automatic ? 'By the payout schedule' : 'By hand' },
            ...(payout.traceId ? [{ term: 'Trace number for the bank', value: payout.traceId }] : []),
            { term: 'Stripe’s number', value: payout.id },
            { term: 'From the balance of', value: accountName(payout.stripeAccount) },
          ]}
        />
      </Card>
      <Card title="What it consists of" flush>
        <Composition payout={payout} lines={lines} orderHref={props.orderHref} />
      </Card>
      <Card title="Its story">
        <Timeline
          entries={happenings.map(({ status, at }) => ({
            at,
            tone: payoutTone[status],
            word: payoutStatusWord[status],
          }))}
        />
      </Card>
    </>
  );
};

const Composition = (props: {
  payout: PayoutView;
  lines: PayoutLineView[];
  orderHref: (orderId: string) => string;
}) => {
  const { payout, lines } = props;
  if (!payout.automatic)
    return (
      <EmptyState title="Made by hand" icon="list">
        Stripe keeps no list for payouts that were made by hand: they take whatever is in the balance.
      </EmptyState>
    );
  if (!payout.composed)
    return (
      <EmptyState title="Stripe is still putting this payout’s list together" icon="clock">
        It appears here as soon as Stripe is done, usually when the payout arrives.
      </EmptyState>
    );
  const sum = lines.reduce((total, line) => total + line.net.amount, 0n);
  return (
    <Table
      caption={`All that makes up ${formatMoney(payout.amount.amount, payout.amount.currency)}`}
      hideCaption
      columns={lineColumns(props.orderHref)}
      rows={lines}
      keyOf={(line) => line.id}
      foot={['Together', '', '', '', <MoneyCell amount={sum} currency={payout.amount.currency} />]}
    />
  );
};

type MovementView = Omit<PayoutLineView, 'payoutId'>;

/** Columns that a payout's lines and a balance's movements share. */
export function lineColumns<Line extends MovementView>(
  orderHref: (orderId: string) => string,
): Column<Line>[] {
  return [
    {
      header: 'What',
      rowHeader: true,
      cell: (line) => (
        <span>
          {line.reason}
          {line.orderId && (
            <>
              {' · '}
              <a href={orderHref(line.orderId)}>{orderLabel(line.orderId)}</a>
            </>
          )}
        </span>
      ),
    },
    { header: 'Day', cell: (line) => <DateTime at={line.created} day /> },
    { header: 'Amount', align: 'end', cell: (line) => <MoneyCell {...amountOf(line.amount)} /> },
    {
      header: 'Fees',
      align: 'end',
      cell: (line) => (line.fee.isZero ? '' : <MoneyCell {...amountOf(line.fee.negated())} />),
    },
    { header: 'Net', align: 'end', cell: (line) => <MoneyCell {...amountOf(line.net)} /> },
  ];
}

export function orderLabel(orderId: string): string {
  return `Order ${orderId.slice(-6).toUpperCase()}`;
}

function amountOf({ amount, currency }: { amount: bigint; currency: string }): {
  amount: bigint;
  currency: string;
} {
  return { amount, currency };
}
