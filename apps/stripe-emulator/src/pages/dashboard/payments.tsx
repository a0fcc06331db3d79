import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { pagerOf, sliceOf } from '../cursors.js';
import { paramOf, queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, Money, When } from '../ui/parts.js';
import { Pager, Table } from '../ui/table.js';
import { methodWord, paymentState, sellerOf } from '../words.js';
import type { Dashboard } from './context.js';
import { AccountLink, Frame } from './frame.js';
import { PaymentPage } from './payment.page.js';

const PATH = '/dashboard/payments';

export function servePayments(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const slice = sliceOf(engine, 'payment_intent', engine.platform, after);
    return sendPage(reply, {
      title: 'Payments',
      body: (
        <Frame current={PATH} heading="Payments" lead="Every attempt to pay, newest first.">
          <Card flush>
            <PaymentsTable engine={engine} intents={slice.rows} />
            <Pager {...pagerOf(PATH, slice, after)} />
          </Card>
        </Frame>
      ),
    });
  });
  app.get(`${PATH}/:id`, (request, reply) => {
    const intent = engine.payments.need(paramOf(request, 'id'));
    return sendPage(reply, { title: 'Payment', body: <PaymentPage engine={engine} intent={intent} /> });
  });
}

export function chargeOf(engine: Engine, intent: Stripe.PaymentIntent): Stripe.Charge | undefined {
  const id = idOf(intent.latest_charge);
  return id ? engine.store.get('charge', engine.platform, id) : undefined;
}

export function PaymentsTable({ engine, intents }: { engine: Engine; intents: Stripe.PaymentIntent[] }) {
  const rows = intents.map((intent) => ({
    intent,
    charge: chargeOf(engine, intent),
    seller: sellerOf(intent),
  }));
  return (
    <Table
      caption="Payments"
      rows={rows}
      keyOf={({ intent }) => intent.id}
      empty={
        <EmptyState title="No payments yet" icon="card">
          Make a Checkout Session with the API and pay it with 4242 4242 4242 4242.
        </EmptyState>
      }
      columns={[
        {
          header: 'Amount',
          names: true,
          cell: ({ intent }) => (
            <a href={`${PATH}/${intent.id}`}>
              <Money amount={intent.amount} currency={intent.currency} />
            </a>
          ),
        },
        { header: 'State', cell: ({ intent, charge }) => <Badge {...paymentState(intent, charge)} /> },
        { header: 'Paid with', cell: ({ charge }) => methodWord(charge?.payment_method_details) ?? '' },
        {
          header: 'Seller',
          cell: ({ seller }) =>
            seller && (
              <AccountLink id={seller} name={engine.store.get('account', '', seller)?.display_name ?? null} />
            ),
        },
        { header: 'Buyer', cell: ({ charge }) => charge?.billing_details.email ?? '' },
        { header: 'Date', cell: ({ intent }) => <When at={intent.created * 1000} /> },
      ]}
    />
  );
}
