import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { EmptyState, Money, When } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { sentence } from '../words.js';

/** Movements of one account's balance. */
export const Transactions = ({ rows }: { rows: Stripe.BalanceTransaction[] }) => (
  <Table
    caption="Balance transactions"
    rows={rows}
    keyOf={(row) => row.id}
    empty={
      <EmptyState title="No money has moved yet" icon="bank">
        Every payment, fee, transfer and payout is listed here.
      </EmptyState>
    }
    columns={[
      { header: 'Type', names: true, cell: (row) => sentence(row.type) },
      { header: 'Amount', end: true, cell: (row) => <Money amount={row.amount} currency={row.currency} /> },
      { header: 'Fee', end: true, cell: (row) => <Money amount={-row.fee} currency={row.currency} /> },
      { header: 'Net', end: true, cell: (row) => <Money amount={row.net} currency={row.currency} /> },
      { header: 'Available', cell: (row) => <When at={row.available_on * 1000} day /> },
      { header: 'Source', cell: (row) => <span class="mono">{idOf(row.source as string)}</span> },
    ]}
  />
);
