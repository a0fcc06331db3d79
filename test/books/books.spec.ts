import { BooksCheck, BooksView, Mirror, type Prediction } from '#books';
import { Money } from '#kernel';
import { Ledger } from '#ledger';
import { about, BooksBench, usd } from './books-bench.js';

describe('the books', () => {
  let bench: BooksBench;
  beforeEach(async () => {
    bench = await BooksBench.open();
  });
  afterEach(() => bench.close());

  it('match when the prediction comes first, and when Stripe does', async () => {
    await bench.soldAndMatched();
    expect(await bench.differences()).toEqual([]);
    const { lines } = await bench.context.get(BooksCheck).run();
    expect(
      lines.map(({ ledger, mirror: m, stripeAvailable, agree }) => [ledger, m, stripeAvailable, agree]),
    ).toEqual([
      [877n, 877n, 877n, true],
      [64n, 64n, 64n, true],
    ]);
  });

  it('match when Stripe comes first, one prediction after another in the wrong order', async () => {
    bench.stripeSells();
    await bench.mirrorAll();
    await bench.mirrorAll();
    expect(await bench.differences()).toContain(
      `transaction_alone ${bench.seller} ${await bench.idOf('payment')} application_fee`,
    );
    for (const prediction of bench.sale().reverse()) await bench.expecting(prediction);
    await bench.expecting(...bench.sale());
    expect(await bench.differences()).toEqual([]);
  });

  it('match when both come at the same moment', async () => {
    await bench.mirrorAll();
    bench.stripeSells();
    await Promise.all([
      ...bench.sale().map((one) => bench.expecting(one)),
      bench.mirrorAll(),
      bench.mirrorAll(),
    ]);
    await bench.mirrorAll();
    expect(await bench.differences()).toEqual([]);
  });

  it('name a prediction that Stripe never met, after its grace', async () => {
    await bench.expecting(bench.sale()[0]!);
    expect(await bench.differences(60)).toEqual([]);
    expect(await bench.differences()).toEqual(['prediction_alone charge:ch_1 platform usd']);
  });

  it('name a leg whose figures are not the predicted ones', async () => {
    const [charge, ...rest] = bench.sale();
    await bench.expecting({ ...charge, gross: usd(1001n) } as Prediction, ...rest);
    bench.stripeSells();
    await bench.mirrorAll();
    const report = await bench.context.get(BooksCheck).run();
    expect(report.differences.map((one) => one.sentence)).toEqual([
      expect.stringContaining('charge:ch_1 on the platform was expected to move $10.01'),
      expect.stringContaining('do not meet'),
    ]);
  });

  it('find in the next look what Stripe listed late, however far the cursor went meanwhile', async () => {
    const { engine } = bench.emulator;
    const mirror = bench.context.get(Mirror);
    const post = (minutesAgo: number) =>
      engine.transact(() => {
        const moved = { type: 'adjustment', amount: 100, currency: 'usd', source: `dp_${minutesAgo}` };
        const { id, created } = engine.ledger.post(bench.seller, moved);
        const before = { created: created - minutesAgo * 60 };
        engine.store.update('balance_transaction', bench.seller, id, before);
        return id;
      });
    const mirrored = async () =>
      (await bench.transactions.query<{ id: string }>(`select id from books.balance_transactions`)).map(
        ({ id }) => id,
      );
    const [first, newest] = [post(60), post(5)];
    await mirror.look(bench.seller);
    const [late, latest] = [post(14), post(0)];
    await mirror.pull(bench.seller, { overlap: false });
    const later = post(12);
    expect((await mirrored()).sort()).not.toContain(later);
    await mirror.look(bench.seller);
    expect((await mirrored()).sort()).toEqual([first, newest, late, latest, later].sort());
  });

  it('put what no rule knows into suspense, so that the totals meet, and name it', async () => {
    const { engine } = bench.emulator;
    engine.transact(() =>
      engine.ledger.post(engine.platform, {
        type: 'adjustment',
        amount: -500,
        currency: 'usd',
        source: 'dp_1',
      }),
    );
    await bench.mirrorAll();
    expect(await bench.differences()).toEqual([`suspense platform ${await bench.idOf('adjustment')} gross`]);
  });

  it('book what the platform lost on an overdrawn bench.seller, and what Stripe held back for it, by rule', async () => {
    const { engine } = bench.emulator;
    const post = (account: string, type: string, amount: number, source: string | null) =>
      engine.ledger.post(account, { type, amount, currency: 'usd', source });
    engine.transact(() => {
      post(engine.platform, 'reserved_funds', -500, null);
      post(engine.platform, 'reserved_funds', 500, null);
      post(engine.platform, 'connect_collection_transfer', -500, 'cct_1');
    });
    const balance = async (account: string) =>
      (await bench.context.get(Ledger).balances(account)).map(({ amount }) => amount);
    await bench.mirrorAll();
    expect(await bench.differences()).toEqual([]);
    expect(await balance('collections')).toEqual([500n]);
    engine.transact(() => post(bench.seller, 'connect_collection_transfer', 500, 'cct_1'));
    await bench.mirrorAll();
    expect(await bench.differences()).toEqual([]);
    // From the platform to the bench.seller: no fee, and nothing that stays open.
    expect(await balance('collections')).toEqual([0n]);
    expect(await balance('connect_fees')).toEqual([]);
    expect(await balance('reserves')).toEqual([0n]);
  });

  it.each(['fr', 'fee'])(
    'match a fee’s refund that the bench.seller’s account shows as an adjustment of its %s_…, equal ones in turn',
    async (source) => {
      await bench.soldAndMatched();
      const refund = (n: number): Prediction => ({
        ...about,
        kind: 'application_fee_refund',
        feeRefundId: `fr_${n}`,
        balanceTransaction: null,
        feeId: 'fee_1',
        account: bench.seller,
        amount: usd(n === 3 ? 23n : 50n),
      });
      await bench.expecting(refund(1));
      const { engine } = bench.emulator;
      const seen = engine.transact(() =>
        [1, 2, 3].map((n) => {
          const amount = n === 3 ? 23 : 50;
          const back = { type: 'application_fee_refund', amount: -amount, currency: 'usd', source: 'fee_1' };
          const { id } = engine.ledger.post(engine.platform, back);
          const shown = engine.ledger.post(bench.seller, {
            type: 'adjustment',
            amount,
            currency: 'usd',
            source: source === 'fr' ? `fr_${n}` : 'fee_1',
          });
          engine.store.update('balance_transaction', bench.seller, shown.id, { reporting_category: 'fee' });
          return id;
        }),
      );
      await bench.mirrorAll();
      await bench.expecting(refund(3), refund(2));
      await bench.expecting(
        ...[1, 2, 3].map((n) => ({ ...refund(n), balanceTransaction: seen[n - 1]! }) as Prediction),
      );
      expect(await bench.differences()).toEqual([]);
    },
  );

  it('book a conversion in the open', async () => {
    await bench.expecting({ ...about, kind: 'charge', chargeId: 'ch_2', gross: Money.of(1000n, 'eur') });
    const { engine } = bench.emulator;
    engine.transact(() => {
      const { id } = engine.ledger.post(engine.platform, {
        type: 'charge',
        amount: 1082,
        currency: 'usd',
        source: 'ch_2',
      });
      engine.store.update('balance_transaction', engine.platform, id, { exchange_rate: 1.0821 });
    });
    await bench.mirrorAll();
    expect(await bench.differences()).toEqual([]);
  });

  it('show what is pending by day, and what is available', async () => {
    await bench.soldAndMatched();
    const view = bench.context.get(BooksView);
    expect(await view.balances(bench.seller)).toEqual([
      { currency: 'usd', available: usd(877n), pending: usd(0n) },
    ]);
    const page = await view.page(bench.seller, null);
    expect(page.items.map(({ type, orderId, net }) => [type, orderId, net.amount])).toEqual([
      ['payment', 'ord_1', 877n],
    ]);
  });

  it('keep the balance of an account with every row, whichever way a row’s status goes', async () => {
    await bench.soldAndMatched();
    const view = bench.context.get(BooksView);
    for (const status of ['pending', 'available'] as const) {
      await bench.transactions.query(
        `update books.balance_transactions set status = $1 where stripe_account = $2`,
        [status, bench.seller],
      );
      const [balance] = await view.balances(bench.seller);
      expect([balance!.pending, balance!.available]).toEqual(
        status === 'pending' ? [usd(877n), usd(0n)] : [usd(0n), usd(877n)],
      );
      expect((await bench.differences()).filter((name) => name.startsWith('balance_'))).toEqual([]);
    }
  });

  it('keep what they were told', async () => {
    await bench.soldAndMatched();
    const rewrite = (sql: string) => bench.transactions.run(() => bench.transactions.write(sql));
    await expect(
      rewrite('update books.balance_transactions set net = 1, amount = 1, fee = 0'),
    ).rejects.toThrow('keeps');
    await expect(rewrite('delete from books.legs')).rejects.toThrow('keeps');
  });
});
