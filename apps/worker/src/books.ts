import { parseArgs } from 'node:util';
import { accountName, BooksCheck, type BooksLine, type BooksReport } from '#books';
import { Money } from '#kernel';
import { Reconciliation } from '#reconciliation';
import { command } from './command.js';

const help = `npm run books [-- --strict]

Compares, for every Stripe account and currency, what we posted, what Stripe's balance transactions say and what Stripe's
balance is; names every difference, and ends with exit code 1 if there is one. /admin/books shows the same afterwards.

  --strict   a prediction that Stripe has not met yet is a difference at once, not only after an hour; since most of these
             go by themselves, /admin/books is not told
`;

await command(async (context) => {
  const { values } = parseArgs({ options: { strict: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const report = values.strict
    ? await context.get(BooksCheck, { strict: false }).run({ graceMinutes: 0 })
    : await context.get(Reconciliation, { strict: false }).check();
  process.stdout.write(print(report));
  return report.differences.length === 0 ? 0 : 1;
});

function print({ lines, differences, notices }: BooksReport): string {
  const table = aligned([
    ['Account', 'Currency', 'Our ledger', 'On its way', 'Balance transactions', 'Stripe’s balance', ''],
    ...lines.map(row),
  ]);
  const verdict =
    differences.length === 0
      ? lines.length === 0
        ? 'Nothing has been booked yet.'
        : 'All agree.'
      : `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}:\n${differences.map((one) => `  - ${one.sentence}`).join('\n')}`;
  return `\n${lines.length > 0 ? `${table}\n\n` : ''}${notices.map((notice) => `Note: ${notice}\n`).join('')}${verdict}\n`;
}

function row(line: BooksLine): string[] {
  const words = (amount: bigint) => Money.of(amount, line.currency).format();
  const pending = line.stripePending ? ` (${words(line.stripePending)} of it pending)` : '';
  return [
    accountName(line.stripeAccount),
    line.currency.toUpperCase(),
    words(line.ledger),
    line.onItsWay ? words(line.onItsWay) : '',
    words(line.mirror),
    words(line.stripePending + line.stripeAvailable) + pending,
    line.agree ? 'agree' : 'DO NOT AGREE',
  ];
}

/** Names to the left, figures to the right. */
function aligned(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const left = new Set([0, 1, 6]);
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          left.has(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
