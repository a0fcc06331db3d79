import type { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { idOf } from '../../apps/stripe-emulator/src/engine/kinds.js';

/** Sums that must agree whatever happened. */
export function checkBalances(engine: Engine): void {
  const world = new Map<string, number>();
  for (const { id: account } of engine.store.all('account', '')) {
    const sums = new Map<string, { pending: number; available: number; open: number }>();
    for (const transaction of engine.store.all('balance_transaction', account)) {
      const sum = sums.get(transaction.currency) ?? { pending: 0, available: 0, open: 0 };
      sums.set(transaction.currency, sum);
      sum[transaction.status as 'pending' | 'available'] += transaction.net;
      expect(transaction.net).toBe(transaction.amount - transaction.fee);
      const line = engine.store.get('payout_line', account, transaction.id);
      expect(line !== undefined).toBe(transaction.status === 'available');
      if (line?.payout === null) sum.open += transaction.net;
      // What crosses the emulator's border: buyers, Stripe's fees, banks. The rest only moves between accounts.
      const inner =
        ['transfer', 'transfer_refund', 'application_fee', 'application_fee_refund'].includes(
          transaction.type,
        ) ||
        (/^(py|pyr)_/.test(idOf(transaction.source as string) ?? '') && account !== engine.platform);
      if (inner) world.set(transaction.currency, (world.get(transaction.currency) ?? 0) + transaction.net);
    }
    for (const [currency, { pending, available, open }] of sums) {
      expect(engine.ledger.balance(account, currency)).toMatchObject({ pending, available });
      expect(open).toBe(available);
    }
    for (const payout of engine.store.all('payout', account)) {
      if (!payout.automatic) continue;
      const lines = engine.payouts.transactionsOf(account, payout.id);
      expect(lines.reduce((sum, line) => sum + line.net, 0)).toBe(0);
    }
  }
  for (const sum of world.values()) expect(sum).toBe(0);
}
