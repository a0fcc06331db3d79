import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { mergedSlice, pagerOf, type Found, type Slice } from '../cursors.js';
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
    const slice = paymentsOf(engine, after);
    return sendPage(reply, {
      title: 'Payments',
      body: (
        <Frame current={PATH} heading="Payments" lead="Every attempt to pay, newest first.">
          <Card flush>
            <PaymentsTable engine={engine} payments={slice.rows} />
            <Pager {...pagerOf(PATH, slice, after)} />
          </Card>
        </Frame>
      ),
    });
  });
  app.get(`${PATH}/:id`, (request, reply) => {
    const { account, row: intent } = paymentOf(engine, paramOf(request, 'id'));
    const body = <PaymentPage engine={engine} account={account} intent={intent} />;
    return sendPage(reply, { title: 'Payment', body });
  });
}

type Payment = Found<'payment_intent'>;

/** Payments to the platform and to its accounts, newest first. */
export function paymentsOf(engine: Engine, after?: string, limit?: number): Slice<Payment> {
  const sources = [...engine.store.all('account', '')].map(({ id }) => ({
    kind: 'payment_intent' as const,
    account: id,
    madeAt: (row: Stripe.PaymentIntent) => row.created,
  }));
  return mergedSlice(engine, sources, after, limit);
}

/** A payment, whosever it is. */
export function paymentOf(engine: Engine, id: string): Payment {
  const account = engine.store.locate(id)?.account ?? engine.platform;
  return { account, row: engine.payments.need(id, account) };
}

export function chargeOf(
  engine: Engine,
  account: string,
  intent: Stripe.PaymentIntent,
): Stripe.Charge | undefined {
  const id = idOf(intent.latest_charge);
  return id ? engine.store.get('charge', account, id) : undefined;
}

/** Who gets the money of a payment, where that is not the platform alone. */
export const receiverOf = (engine: Engine, account: string, intent: Stripe.PaymentIntent): string | null =>
  account === engine.platform ? sellerOf(intent) : account;

export function PaymentsTable({ engine, payments }: { engine: Engine; payments: Payment[] }) {
  const rows = payments.map(({ account, row: intent }) => ({
    intent,
    charge: chargeOf(engine, account, intent),
    seller: receiverOf(engine, account, intent),
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
