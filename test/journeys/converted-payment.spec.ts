import { BooksView } from '#books';
import { Money } from '#kernel';
import { PaymentAttention } from '#payments';
import { Refunds } from '#refunds';
import { OrderReport } from '#reports';
import { holdsOnly } from '../support/converting.js';
import {
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  paidOrder,
  pass,
  person,
  type Shop,
  standStill,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a payment that Stripe converts, on the platform’s account and for the seller', () => {
  let world: World;
  let shop: Shop;
  const eur = (amount: bigint) => Money.of(amount, 'eur');
  const usd = (amount: bigint) => Money.of(amount, 'usd');
  const gbp = (amount: bigint) => Money.of(amount, 'gbp');

  beforeAll(async () => {
    world = await World.start();
    await standStill(world);
    shop = await openShop(world, 'Brass & Bell', { currency: 'eur', country: 'GB' });
    await world.control(`accounts/${shop.account}/bank`, { account_number: '000123456789', currency: 'gbp' });
    holdsOnly(world, world.emulator.engine.platform, 'usd', { eur: 1.08, gbp: 1.25 });
    holdsOnly(world, shop.account, 'gbp', { usd: 0.8, eur: 0.86 });
  });
  afterAll(() => world?.stop());

  it('shows each movement before and after, with Stripe’s rate, and the books agree', async () => {
    const bell = await offer(world, shop, { price: 10_000n });
    const order = await paidOrder(world, bell);
    // 10 % + €0.30 of €100.00: €10.30 = $11.12, of which the seller's balance shows £8.90.
    expect(order.split.applicationFee).toEqual(eur(1_030n));
    await expectBooksToAgree(world);

    const movements = await world.web.get(OrderReport, { strict: false }).movements(order.id);
    const told = movements.map(({ stripeAccount, type, presented, exchangeRate, amount, fee }) => ({
      account: stripeAccount === 'platform' ? 'platform' : 'seller',
      type,
      presented,
      exchangeRate,
      amount,
      ...(type === 'payment' && { fee }),
    }));
    expect(told).toEqual(
      expect.arrayContaining([
        { account: 'platform', type: 'charge', presented: eur(10_000n), exchangeRate: '1.08', amount: usd(10_800n) },
        { account: 'platform', type: 'transfer', presented: null, exchangeRate: null, amount: usd(-10_800n) },
        {
          account: 'seller',
          type: 'payment',
          presented: usd(10_800n),
          exchangeRate: '0.8',
          amount: gbp(8_640n),
          fee: gbp(890n),
        },
        { account: 'platform', type: 'application_fee', presented: gbp(890n), exchangeRate: '1.25', amount: usd(1_113n) },
      ]),
    ); // prettier-ignore
    const { items } = await world.get(PaymentAttention).open();
    expect(items.map(({ orderId, kind }) => [orderId, kind])).toEqual([[order.id, 'amount_differs']]);
  });

  it('is refunded in full: the buyer in the order’s currency, transfer and fee each in its own', async () => {
    const bell = await offer(world, shop, { price: 5_000n });
    const order = await paidOrder(world, bell);
    const admin = await person(world, { admin: true });
    const { plan, blocked, short } = await world.get(Refunds).preview(admin, null, order.id);
    expect({ plan, blocked, short }).toEqual({
      plan: { buyer: eur(5_000n), fee: gbp(458n), reversal: usd(5_400n) },
      blocked: null,
      short: null,
    });
    await world.get(Refunds).request(admin, null, { orderId: order.id, reason: 'Cracked', amount: null });
    await world.settle();
    const [refund] = await world.get(Refunds).ofOrder(order.id);
    expect(refund).toMatchObject({ status: 'succeeded', feeStep: 'done', reversalStep: 'done' });
    expect((await orderOf(world, order.id)).status).toBe('refunded');
    const [transfer] = await world.stripe.transfers.list({ limit: 1 }).then(({ data }) => data);
    expect([transfer!.amount, transfer!.amount_reversed, transfer!.currency]).toEqual([5_400, 5_400, 'usd']);
    await expectBooksToAgree(world);
  });

  it('owes the reversal in the transfer’s currency where the seller’s balance is too short', async () => {
    const bell = await offer(world, shop, { price: 20_000n });
    const order = await paidOrder(world, bell);
    await pass(world, { days: 12 });
    const admin = await person(world, { admin: true });
    await world.get(Refunds).request(admin, null, { orderId: order.id, reason: 'Bent', amount: null });
    await world.settle();
    const [refund] = await world.get(Refunds).ofOrder(order.id);
    expect(refund).toMatchObject({ status: 'succeeded', reversalStep: 'owed', reversal: usd(21_600n) });
    const [debt] = await world.rows(`select currency, amount from debts.debts`);
    expect(debt).toEqual({ currency: 'usd', amount: 21_600n });
    await expectBooksToAgree(world);
  });

  it('is paid out in the seller’s currency, line by line down to its order', async () => {
    const payouts = await world.stripe.payouts.list({}, { stripeAccount: shop.account });
    const [last] = payouts.data;
    expect(last).toMatchObject({ currency: 'gbp', status: 'paid' });
    const lines = await world.get(BooksView).linesOfPayout(shop.account, last!.id);
    expect(lines.reduce((sum, { net }) => sum + net.amount, 0n)).toBe(BigInt(last!.amount));
    expect(lines.every(({ orderId, net }) => orderId !== null && net.currency === 'gbp')).toBe(true);
  });

  it('is read on both desks with both amounts', async () => {
    const [{ id }] = (await world.rows<{ id: string }>(
      `select id from orders.orders order by created_at limit 1`,
    )) as [{ id: string }];
    const [account] = await world.rows<{ email: string }>(
      `select email from identity.users where id = $1`,
      [shop.owner.userId],
    ); // prettier-ignore
    const visitor = world.visitor();
    await visitor.submit('/sign-in', { email: account!.email, password: 'a long password 1' });
    const page = await visitor.open(`/seller/${shop.id}/orders/${id}`);
    expect(page.text).toContain('$108.00 × 0.8 = £86.40, less a fee of £8.90');
  });
});
