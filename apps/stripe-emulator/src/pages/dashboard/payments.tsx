import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { pagerOf } from '../cursors.js';
import { paramOf, queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, Money, When } from '../ui/parts.js';
import { chosenOf, Filters, NoRows, wordFilter, type Filter } from '../ui/filters.js';
import { Pager, Table } from '../ui/table.js';
import { methodWord, PAYMENT_WORDS, paymentState } from '../words.js';
import type { Dashboard } from './context.js';
import { accountFilter, AccountLink, Frame } from './frame.js';
import { PaymentPage } from './payment.page.js';
import { needPayment, paymentsOf, sellersOf, type Payment } from './payment-rows.js';

const PATH = '/dashboard/payments';

export function servePayments(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const state = wordFilter('state', 'State', 'All states', PAYMENT_WORDS, queryOf(request, 'state'));
    const account = accountFilter(engine, 'Seller', queryOf(request, 'account'));
    const filters = [state, account];
    const slice = paymentsOf(engine, {
      after,
      filter: (payment) =>
        (!state.value || paymentState(payment.intent, payment.charge).word === state.value) &&
        (!account.value || [payment.account, ...sellersOf(engine, payment)].includes(account.value)),
    });
    return sendPage(reply, {
      title: 'Payments',
      body: (
        <Frame
          current={PATH}
          heading="Payments"
          lead="Every attempt to pay, newest first: yours and the direct charges of your sellers."
        >
          <Filters path={PATH} filters={filters} />
          <Card flush>
            <PaymentsTable engine={engine} payments={slice.rows} filters={filters} />
            <Pager {...pagerOf(PATH, slice, after, chosenOf(filters))} />
          </Card>
        </Frame>
      ),
    });
  });
  app.get(`${PATH}/:id`, (request, reply) => {
    const payment = needPayment(engine, paramOf(request, 'id'));
    return sendPage(reply, { title: 'Payment', body: <PaymentPage engine={engine} payment={payment} /> });
  });
}

export const PaymentsTable = ({
  engine,
  payments,
  filters = [],
}: {
  engine: Engine;
  payments: Payment[];
  filters?: Filter[];
}) => (
  <Table
    caption="Payments"
    rows={payments}
    keyOf={({ subject }) => subject.id}
    empty={
      <NoRows path={PATH} filters={filters}>
        <EmptyState title="No payments yet" icon="card">
          Make a Checkout Session with the API and pay it with 4242 4242 4242 4242.
        </EmptyState>
      </NoRows>
    }
    columns={[
      {
        header: 'Amount',
        names: true,
        cell: ({ subject }) => (
          <a href={`${PATH}/${subject.id}`}>
            <Money amount={subject.amount} currency={subject.currency} />
          </a>
        ),
      },
      { header: 'State', cell: ({ intent, charge }) => <Badge {...paymentState(intent, charge)} /> },
      {
        header: 'Paid with',
        cell: ({ charge }) =>
          charge && <span class="nowrap">{methodWord(charge.payment_method_details)}</span>,
      },
      { header: 'Seller', cell: (payment) => <Sellers engine={engine} payment={payment} /> },
      { header: 'Buyer', cell: ({ charge }) => charge?.billing_details.email ?? '' },
      { header: 'Date', cell: ({ subject }) => <When at={subject.created * 1000} /> },
    ]}
  />
);

/** Who is paid; a payment that reaches nobody yet is the platform's. */
export function Sellers({ engine, payment }: { engine: Engine; payment: Omit<Payment, 'intent'> }) {
  const [first, ...more] = sellersOf(engine, payment);
  if (!first) return <span class="muted">Your platform</span>;
  return (
    <>
      <AccountLink engine={engine} id={first} />
      {payment.account !== engine.platform && <p class="help">direct charge</p>}
      {more.length > 0 && <span class="muted"> and {more.length} more</span>}
    </>
  );
}
