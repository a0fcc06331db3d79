import { BooksCheck } from '#books';
import { Money } from '#kernel';
import { PaymentAttention } from '#payments';
import type { RunningEmulator } from '../../apps/stripe-emulator/src/index.js';
import { expectBooksToAgree, offer, openShop, paidOrder, pass } from '../support/story.js';
import { World } from '../support/world.js';

describe('a Stripe account that has lived before this marketplace', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(sellAndPayOut);
  });
  afterAll(() => world?.stop());

  it('opens the books with what it held, and they agree from the first day on', async () => {
    await expectBooksToAgree(world);
    const opening = await world.rows(
      `select currency, sum(amount)::bigint as amount from ledger.balances where account = 'opening' group by currency`,
    );
    expect(opening).toEqual([{ currency: 'usd', amount: -4_941n }]);
    const { lines } = await world.get(BooksCheck).run({ graceMinutes: 0 });
    expect(lines.map(({ currency, ledger }) => Money.of(ledger, currency).format())).toEqual(['$49.41']);
  });

  it('adds what is sold from then on, and takes in an old payout that comes back', async () => {
    const shop = await openShop(world, 'New Leaf', { currency: 'usd', country: 'US' });
    const order = await paidOrder(world, await offer(world, shop, { price: 10_000n }));
    await expectBooksToAgree(world);
    const { stripe, emulator } = world;
    const [old] = (await stripe.payouts.list()).data;
    const { engine } = emulator;
    engine.transact(() => engine.payoutJourney.fail(engine.platform, old!.id, 'account_closed'));
    await world.settle();
    await expectBooksToAgree(world);
    await pass(world, { days: 8 });
    await expectBooksToAgree(world);
    const { items } = await world.get(PaymentAttention).open();
    expect(items.filter(({ orderId }) => orderId === order.id)).toEqual([]);
  });

  it('books the same opening once, however often the past is read', async () => {
    await world.rows(
      `update books.accounts set newest_id = null, newest_created = null, looked_until = null`,
    );
    await expectBooksToAgree(world);
  });
});

/** Two sales of $100.00 and $50.00 less Stripe's fees, of which the first has been paid out by hand. */
async function sellAndPayOut({ engine, url }: RunningEmulator): Promise<void> {
  const post = (path: string, headers: Record<string, string>, body: string) =>
    fetch(`${url}/${path}`, { method: 'POST', headers, body }).then((answer) =>
      expect(answer.status).toBe(200),
    );
  const control = (path: string, body: object) =>
    post(`_emulator/${path}`, { 'content-type': 'application/json' }, JSON.stringify(body));
  const noon = new Date(Date.now() + 86_400_000);
  noon.setUTCHours(12, 0, 0, 0);
  await control('clock/set', { now: noon.toISOString() });
  await control('clock/freeze', {});
  engine.transact(() => {
    const sale = (amount: number, fee: number) =>
      engine.ledger.post(engine.platform, {
        type: 'charge',
        amount,
        currency: 'usd',
        source: `ch_old_${amount}`,
        fees: [{ type: 'stripe_fee', amount: fee, currency: 'usd', application: null, description: null }],
      });
    sale(10_000, 320);
    sale(5_000, 59);
  });
  const form = {
    authorization: 'Bearer sk_test_guildhall',
    'content-type': 'application/x-www-form-urlencoded',
  };
  await post('v1/payouts', form, 'amount=9680&currency=usd');
  await control('clock/advance', { seconds: 3_600 });
}
