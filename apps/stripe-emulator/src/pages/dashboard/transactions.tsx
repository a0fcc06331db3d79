import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { EmptyState, Money, When } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { sentence } from '../words.js';

/** Enough of an id to tell it from others: "po_…Xk2d9Qra"; the whole of it on hovering. */
const shortened = (id: string | null) =>
  id && <abbr title={id}>{id.replace(/^([a-z]+_).+(.{8})$/, '$1…$2')}</abbr>;

/** Disputes are adjustments by type; their category says what they are. */
const typeWord = (row: Stripe.BalanceTransaction) =>
  sentence(row.type === 'adjustment' ? row.reporting_category : row.type);

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
      {
        header: 'Type',
        names: true,
        cell: (row) => (
          <>
            {typeWord(row)}
            {row.exchange_rate !== null && <p class="muted">exchanged at {row.exchange_rate}</p>}
          </>
        ),
      },
      { header: 'Amount', end: true, cell: (row) => <Money amount={row.amount} currency={row.currency} /> },
      { header: 'Fee', end: true, cell: (row) => <Money amount={-row.fee} currency={row.currency} /> },
      { header: 'Net', end: true, cell: (row) => <Money amount={row.net} currency={row.currency} /> },
      { header: 'Available', cell: (row) => <When at={row.available_on * 1000} day /> },
      { header: 'Source', cell: (row) => shortened(idOf(row.source as string)) },
    ]}
  />
);
