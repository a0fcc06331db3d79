import type { ComponentChildren } from 'preact';
import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { payoutState } from './words.js';
import { Badge, EmptyState, Money, Stat, When } from './ui/parts.js';
import { Table, type Column } from './ui/table.js';

/** What an account holds, per currency. */
export function Balances(props: {
  engine: Engine;
  account: string;
  /** What can be done with what is available. */
  action?: (currency: string, available: number) => ComponentChildren;
}) {
  const { engine, account, action } = props;
  const { available, pending, connect_reserved: reserved } = engine.ledger.view(account);
  return (
    <div class="grid">
      {available.map(({ amount, currency }, index) => (
        <Stat
          key={currency}
          label={`${currency.toUpperCase()} available`}
          value={<Money amount={amount} currency={currency} />}
          hint={
            <>
              <Money amount={pending[index]!.amount} currency={currency} /> on its way
              {reserved?.[index] && reserved[index].amount > 0 && (
                <>
                  , <Money {...reserved[index]} /> kept for sellers who owe
                </>
              )}
            </>
          }
          action={action?.(currency, amount)}
        />
      ))}
    </div>
  );
}

/** Payouts, each with what became of it. `extra` are columns before and after those. */
export const Payouts = <Row extends { payout: Stripe.Payout }>(props: {
  rows: Row[];
  before?: Column<Row>[];
  after?: Column<Row>[];
  /** Said in place of a table without rows, where that has a reason of its own. */
  none?: ComponentChildren;
}) => (
  <Table
    caption="Payouts"
    rows={props.rows}
    keyOf={(row) => row.payout.id}
    empty={
      props.none || (
        <EmptyState title="No payouts yet" icon="payout">
          Money that has become available is listed here once it is on its way to the bank.
        </EmptyState>
      )
    }
    columns={[
      {
        header: 'Amount',
        names: true,
        cell: ({ payout }) => <Money amount={payout.amount} currency={payout.currency} />,
      },
      {
        header: 'State',
        cell: ({ payout }) => (
          <>
            <Badge {...payoutState(payout)} />
            {payout.failure_message && <p class="help">{payout.failure_message}</p>}
          </>
        ),
      },
      ...(props.before ?? []),
      { header: 'Arrives', cell: ({ payout }) => <When at={payout.arrival_date * 1000} day /> },
      {
        header: 'Made',
        cell: ({ payout }) => (
          <>
            <When at={payout.created * 1000} day />, {payout.automatic ? 'by schedule' : 'by hand'}
          </>
        ),
      },
      ...(props.after ?? []),
    ]}
  />
);
