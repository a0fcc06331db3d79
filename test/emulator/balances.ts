import type Stripe from 'stripe';
import type { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { idOf } from '../../apps/stripe-emulator/src/engine/kinds.js';
import { checkInvoices, checkMovements } from './movements.js';
import { converted } from '../../apps/stripe-emulator/src/engine/settlement.js';

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
      const moved = innerPart(engine, account, transaction);
      world.set(transaction.currency, (world.get(transaction.currency) ?? 0) + moved);
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
  // Where money is exchanged on its way, each movement is held against its rate instead.
  if (![...engine.store.all('account', '')].some((record) => record.settlement_currencies))
    for (const sum of world.values()) expect(sum).toBe(0);
  checkPayments(engine);
  checkCash(engine);
  checkTransfers(engine);
  checkDisputes(engine);
  checkReserves(engine);
  checkMovements(engine);
  checkInvoices(engine);
}

/** What only moves between accounts. The rest crosses the border: buyers, Stripe's fees, banks. */
function innerPart(engine: Engine, account: string, transaction: Stripe.BalanceTransaction): number {
  const { type, net, fee_details } = transaction;
  if (['transfer', 'transfer_refund', 'application_fee', 'application_fee_refund'].includes(type)) return net;
  const source = idOf(transaction.source as string) ?? '';
  if (source.startsWith('fr_')) return net;
  const payment = source.startsWith('py_') && engine.store.get('charge', account, source);
  const refund = source.startsWith('pyr_') && engine.store.get('refund', account, source);
  if ((payment && payment.source_transfer) || (refund && refund.source_transfer_reversal)) return net;
  return -fee_details
    .filter((fee) => fee.type === 'application_fee')
    .reduce((sum, fee) => sum + fee.amount, 0);
}

/** A payment moves what was captured of it and nothing else; its refunds add up to what it says was refunded. */
function checkPayments(engine: Engine): void {
  const { store } = engine;
  for (const { id: account } of store.all('account', '')) {
    for (const charge of store.all('charge', account)) {
      const back = store
        .by('refund', account, 'charge', charge.id)
        .filter(({ status }) => status !== 'failed')
        .reduce((sum, { amount }) => sum + amount, 0);
      expect(charge.amount_refunded).toBe(back);
      const id = idOf(charge.balance_transaction);
      expect(id !== null).toBe(charge.status === 'succeeded' && charge.captured);
      if (!id || charge.source_transfer) continue;
      const { amount, currency, exchange_rate } = store.need('balance_transaction', account, id);
      expect(amount).toBe(converted(charge.amount_captured, charge.currency, currency, exchange_rate ?? 1));
    }
  }
}

/** What customers have sent is in their balance or in a payment. */
function checkCash(engine: Engine): void {
  const { store, platform } = engine;
  for (const { id: customer } of store.all('customer', platform)) {
    const { available } = engine.cashBalances.view(platform, customer);
    const moved = store.by('customer_cash_balance_transaction', platform, 'customer', customer);
    for (const currency of new Set(moved.map((one) => one.currency))) {
      const sum = (type?: string) =>
        moved
          .filter((one) => one.currency === currency && (!type || one.type === type))
          .reduce((total, { net_amount }) => total + net_amount, 0);
      expect(available?.[currency]).toBe(sum());
      const paid = store
        .by('payment_intent', platform, 'customer', customer)
        .filter((one) => one.currency === currency && one.payment_method_types.includes('customer_balance'))
        .reduce((total, intent) => total + takenBy(intent), 0);
      expect(sum('applied_to_payment') + sum('unapplied_from_payment') + paid).toBe(0);
    }
  }
}

function takenBy({ status, amount, next_action }: Stripe.PaymentIntent): number {
  if (status === 'succeeded') return amount;
  const remaining = next_action?.display_bank_transfer_instructions?.amount_remaining;
  return status === 'requires_action' ? amount - (remaining ?? amount) : 0;
}

/** A transfer arrives as what left, exchanged at the rate that the seller's balance transaction shows. */
function checkTransfers(engine: Engine): void {
  const { store, platform } = engine;
  for (const transfer of store.all('transfer', platform)) {
    const out = store.need('balance_transaction', platform, idOf(transfer.balance_transaction)!);
    const seller = idOf(transfer.destination)!;
    const payment = store.need('charge', seller, idOf(transfer.destination_payment)!);
    const received = store.need('balance_transaction', seller, idOf(payment.balance_transaction)!);
    expect(out).toMatchObject({ amount: -transfer.amount, currency: transfer.currency });
    const rate = received.exchange_rate ?? 1;
    expect(received.amount).toBe(converted(transfer.amount, transfer.currency, received.currency, rate));
    expect(transfer.amount_reversed).toBeLessThanOrEqual(transfer.amount);
    expect(transfer.amount_reversed).toBe(
      store
        .by('transfer_reversal', platform, 'transfer', transfer.id)
        .reduce((sum, one) => sum + one.amount, 0),
    );
  }
}

/** A dispute holds the money while it is open and when it is lost, gives it back when it is won, and an inquiry has none. */
function checkDisputes(engine: Engine): void {
  for (const { id: account } of engine.store.all('account', '')) {
    for (const { status, amount, currency, balance_transactions: moved } of engine.store.all(
      'dispute',
      account,
    )) {
      const back = status === 'won' ? [-amount, amount] : status.startsWith('warning_') ? [] : [-amount];
      const expected = back.map((one, at) =>
        converted(one, currency, moved[at]!.currency, moved[at]!.exchange_rate ?? 1),
      );
      expect(moved.map((one) => one.amount)).toEqual(expected);
    }
  }
}

/** What sellers owe is kept back on the platform, and nothing else is. */
function checkReserves(engine: Engine): void {
  const kept = [...engine.store.all('connect_reserve', '')];
  const posted = engine.store.by('balance_transaction', engine.platform, 'type', 'reserved_funds');
  for (const currency of new Set([...kept, ...posted].map((one) => one.currency))) {
    const sum = (rows: { amount: number; currency: string }[]) =>
      rows.filter((row) => row.currency === currency).reduce((total, { amount }) => total + amount, 0);
    expect(sum(posted) + sum(kept)).toBe(0);
  }
  for (const { id: account } of engine.store.all('account', '')) {
    for (const currency of engine.ledger.currencies(account)) {
      const { pending, available } = engine.ledger.balance(account, currency);
      const owes = account !== engine.platform && pending + available < 0;
      if (!owes) expect(engine.store.get('connect_reserve', '', `${account}:${currency}`)).toBeUndefined();
    }
  }
}
