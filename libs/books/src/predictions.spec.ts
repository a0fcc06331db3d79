import { Money } from '#kernel';
import { accounts } from '#ledger';
import { plan } from './predictions.js';

const payout = (amount: bigint) => ({
  payoutId: 'po_1',
  account: 'acct_1',
  amount: Money.of(amount, 'usd'),
  orderId: null,
  sellerId: 'sel_1',
  occurredAt: new Date('2026-11-24T00:00:00Z'),
});
const own = accounts.stripe('acct_1');
const bank = accounts.bank('acct_1');

describe('what the books expect of a payout', () => {
  it.each([
    ['payout', 1000n, own, bank, -1000n],
    ['payout', -1000n, bank, own, 1000n],
    ['payout_failure', 1000n, bank, own, 1000n],
    ['payout_failure', -1000n, own, bank, -1000n],
  ] as const)(
    '%s of %s: each posting is positive, whichever way the money goes',
    (kind, amount, from, to, moved) => {
      const { transaction, entries } = plan({ ...payout(amount), kind });
      expect(transaction.postings).toEqual([{ from, to, money: Money.of(1000n, 'usd') }]);
      expect(entries.map(({ money }) => money.amount)).toEqual([moved]);
    },
  );
});
