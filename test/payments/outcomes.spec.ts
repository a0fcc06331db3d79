import { Stock } from '#catalog';
import { type CartKey, Carts } from '#checkout';
import { Money, systemActor } from '#kernel';
import { OrderPayments, Orders } from '#orders';
import { PaymentAttention, Payments } from '#payments';
import { Transactions } from '#platform';
import { SellerOnboarding } from '#sellers';
import { StripeRegistry } from '#stripe';
import { eventually } from '../support/eventually.js';
import { Market } from './market.js';

const TWO_HOURS = 2 * 60 * 60;
const FIVE_DAYS = 5 * 24 * 60 * 60;

describe('how a payment can end', () => {
  let market: Market;
  let shop: Awaited<ReturnType<Market['shop']>>;

  beforeAll(async () => {
    market = await Market.open();
    shop = await market.shop('Redfern Pottery');
  });
  afterAll(() => market.close());

  const orderOf = async (id: string) => (await market.get(Orders).byId(id))!;

  /** Everything the payment left behind, without the moments at which it was noted. */
  const traces = async (orderId: string) => ({
    order: await orderOf(orderId),
    sessions: await market.rows(
      `select id, status, payment_status, payment_intent from payments.checkout_sessions where order_id = $1`,
      [orderId],
    ),
    charges: await market.rows(
      `select c.id, c.presentment_amount, c.transfer_id, c.application_fee_id, c.balance_transaction, c.refunded_amount
       from payments.charges c join payments.checkout_sessions s on s.id = c.session_id where s.order_id = $1`,
      [orderId],
    ),
    allocations: await market.rows(
      `select line_id, amount from payments.allocations where order_id = $1 order by amount`,
      [orderId],
    ),
    predictions: await market.rows(
      `select reference, kind from ledger.transactions where order_id = $1 order by reference`,
      [orderId],
    ),
  });

  it('an expired session cancels the order, gives the stock back, and the same cart can be checked out again', async () => {
    const jug = await market.goods(shop, { price: 3900n, stock: 1 });
    const guest = await market.guest([jug, 1]);
    const { purchase, orderId, session } = await market.atStripesPage(guest);
    await market.stripe('clock/advance', { seconds: TWO_HOURS });
    expect(await market.payNext(guest, purchase.id)).toMatchObject({
      outcome: 'changed',
      changes: [{ kind: 'expired' }],
    });
    await market.news(session);
    const order = await orderOf(orderId);
    expect([order.status, order.cancelReason]).toEqual(['canceled', 'expired']);
    expect(await market.stockOf(jug)).toEqual({ on_hand: 1, held: 0 });

    const again = await market.begin(guest, 'form-2');
    expect(again.orders[0]!.id).not.toBe(orderId);
    expect(again.state).toBe('open');
  });

  it('a delayed debit is processing until it comes through', async () => {
    const plate = await market.goods(shop, { price: 2100n });
    const { orderId, session } = await market.atStripesPage(await market.guest([plate, 1]));
    await market.stripe(`sessions/${session}/bank_debit`);
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('processing');
    expect((await market.stockOf(plate)).held).toBe(1);

    await market.stripe('clock/advance', { seconds: FIVE_DAYS });
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('paid');
    expect((await market.stockOf(plate)).held).toBe(0);
  });

  it('a delayed debit that fails cancels the order, and its goods are back in the cart', async () => {
    const vase = await market.goods(shop, { price: 4400n });
    const guest = await market.guest([vase, 2]);
    const { orderId, session } = await market.atStripesPage(guest);
    await market.stripe(`sessions/${session}/bank_debit`, { account_number: '000222222227' });
    await market.news(session);
    await eventually(async () => expect(await inCart(guest)).toBe(0));

    await market.stripe('clock/advance', { seconds: FIVE_DAYS });
    await market.news(session);
    const order = await orderOf(orderId);
    expect([order.status, order.cancelReason]).toEqual(['canceled', 'payment_failed']);
    expect((await market.stockOf(vase)).held).toBe(0);
    await eventually(async () => expect(await inCart(guest)).toBe(2));
  });

  async function inCart(guest: CartKey): Promise<number> {
    return market.get(Carts).pieces(guest);
  }

  it('the same news, repeated and through every object, change nothing more', async () => {
    const mug = await market.goods(shop, { price: 1600n, shipping: 300n });
    const { orderId, session } = await market.atStripesPage(await market.guest([mug, 2]));
    await market.pay(session);
    await market.news(session);
    const first = await traces(orderId);
    expect(first.predictions).toHaveLength(3);

    const registry = market.get(StripeRegistry);
    const { paymentIntentId, chargeId, transferId, applicationFeeId } = first.order;
    const objects = {
      'checkout.session': session,
      payment_intent: paymentIntentId!,
      charge: chargeId!,
      transfer: transferId!,
      application_fee: applicationFeeId!,
    };
    await Promise.all(
      Object.entries(objects).flatMap(([object, id]) =>
        Array.from({ length: 4 }, () => registry.refresh(object, { id, account: null })),
      ),
    );
    expect(await traces(orderId)).toEqual(first);
  });

  it('each of the objects alone is enough to learn of the payment', async () => {
    for (const object of ['payment_intent', 'charge', 'transfer', 'application_fee']) {
      const bowl = await market.goods(shop, { price: 1500n });
      const { orderId, session } = await market.atStripesPage(await market.guest([bowl, 1]));
      await market.pay(session);
      const intent = market.emulator.engine.checkout.need(session).payment_intent as string;
      const charge = market.emulator.engine.payments.need(intent).latest_charge as string;
      const settled = market.emulator.engine.store.need('charge', market.emulator.engine.platform, charge);
      const id = {
        payment_intent: intent,
        charge,
        transfer: settled.transfer as string,
        application_fee: settled.application_fee as string,
      }[object]!;
      await market.get(StripeRegistry).refresh(object, { id, account: null });
      expect([object, (await orderOf(orderId)).status]).toEqual([object, 'paid']);
    }
  });

  it('paid although our order was canceled: honoured while the goods are there', async () => {
    const tile = await market.goods(shop, { price: 900n, stock: 1 });
    const { orderId, session } = await market.atStripesPage(await market.guest([tile, 1]));
    await cancelBehindStripesBack(orderId);
    await market.pay(session);
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('paid');
    expect(await market.stockOf(tile)).toEqual({ on_hand: 0, held: 0 });
  });

  it('paid although our order was canceled and its goods are gone: an admin is told, and the money is marked to go back', async () => {
    const tile = await market.goods(shop, { price: 900n, stock: 1 });
    const { orderId, session } = await market.atStripesPage(await market.guest([tile, 1]));
    await cancelBehindStripesBack(orderId);
    await market
      .get(Transactions)
      .run(() => market.get(Stock).reserve('ord_somebody_else', [{ variantId: tile, quantity: 1 }]));
    await market.pay(session);
    await market.news(session);
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('canceled');
    const { items } = await market.get(PaymentAttention).open();
    expect(items.filter((item) => item.orderId === orderId).map((item) => item.kind)).toEqual([
      'paid_after_cancel',
    ]);
    // The money moved all the same, so the books expect it.
    expect((await traces(orderId)).predictions).toHaveLength(3);
  });

  it('a charge that no order asked for is shown to admins once, and closed when its money went back', async () => {
    const { handler } = market.get(StripeRegistry).owners.find((one) => one.declaration.object === 'charge')!;
    const stray = { strayId: 'ch_from_the_dashboard', amount: Money.of(4200n, 'eur') };
    for (let time = 0; time < 2; time++) await handler.record(stray, { id: stray.strayId, account: null });
    const attention = market.get(PaymentAttention);
    const shown = async () =>
      (await attention.open()).items.filter(({ chargeId }) => chargeId === stray.strayId);
    expect(await shown()).toMatchObject([{ kind: 'no_order', orderId: null }]);
    await market
      .get(Transactions)
      .run(() => attention.settle(systemActor('refunds'), stray.strayId, 'It went back.'));
    expect(await shown()).toEqual([]);
  });

  /** What a fault of ours, or a restored backup, would have to look like. */
  async function cancelBehindStripesBack(orderId: string): Promise<void> {
    await market.get(Transactions).run(() => market.get(OrderPayments).cancel(orderId, 'expired'));
  }

  it('a shop that closes can’t be paid any more: its open sessions are expired at once', async () => {
    const other = await market.shop('Falz und Faden');
    const book = await market.goods(other, { price: 2400n });
    const { orderId, session } = await market.atStripesPage(await market.guest([book, 1]));
    await market.stripe(`accounts/${other.stripeAccount}/restrict`);
    await market.get(SellerOnboarding).refresh(other.id);
    await eventually(async () => {
      const order = await orderOf(orderId);
      expect([order.status, order.cancelReason]).toEqual(['canceled', 'seller_closed']);
    });
    await expect(market.pay(session)).rejects.toThrow(/expired/);
    expect((await market.get(Payments).sessionOf(orderId))?.status).toBe('expired');
  });
});
