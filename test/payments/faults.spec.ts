import Stripe from 'stripe';
import { Orders } from '#orders';
import { PaymentAttention, Payments } from '#payments';
import { JobRunner } from '#platform';
import { Attempts, AttemptWorker, StripeApi } from '#stripe';
import { Market, sessionIn } from './market.js';

/** The SDK tries a call three times; a fault that lasts longer reaches us. */
const TRIES = 3;

describe('when Stripe’s answer does not arrive', () => {
  let market: Market;
  let shop: Awaited<ReturnType<Market['shop']>>;

  beforeAll(async () => {
    market = await Market.open();
    shop = await market.shop('Redfern Pottery');
  });
  afterAll(() => market.close());
  afterEach(() => market.stripe('faults/clear'));

  const fail = (route: string, when: 'before' | 'after', status: number | 'close') =>
    market.stripe('faults', { api: [{ route, when, status, times: TRIES }] });

  /** What a process did that died before it could take the answer in: the very request, under its key. */
  async function diedAfterTheCall(kind: 'create' | 'expire', orderId: string): Promise<void> {
    await market.stripe('faults/clear');
    const row = (await market.get(Payments).sessionOf(orderId))!;
    const attempt = (await market.get(Attempts).latest(`checkout_session.${kind}`, row.id))!;
    const key = { idempotencyKey: attempt.idempotency_key };
    const { sessions } = market.get(StripeApi).sdk.checkout;
    if (kind === 'create') await sessions.create(attempt.request, key);
    else await sessions.expire((attempt.request as { session: string }).session, {}, key);
  }

  const sessionsOf = (orderId: string) =>
    market.emulator.engine.store
      .page('checkout_session', market.emulator.engine.platform, { limit: 1000 })
      .data.filter((session) => session.metadata?.['order_id'] === orderId);

  async function begun() {
    const bowl = await market.goods(shop, { price: 2500n });
    const guest = await market.guest([bowl, 1]);
    const purchase = await market.begin(guest);
    return { bowl, guest, purchase, orderId: purchase.orders[0]!.id };
  }

  it.each([
    ['the connection broke before the call', 'before', 'close'],
    ['Stripe failed before the call', 'before', 503],
    ['Stripe failed after the session was made', 'after', 500],
  ] as const)('%s: the buyer asks again and there is one session', async (_, when, status) => {
    const { guest, purchase, orderId } = await begun();
    await fail('POST /v1/checkout/sessions', when, status);
    await expect(market.payNext(guest, purchase.id)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await market.stripe('faults/clear');
    const next = await market.payNext(guest, purchase.id);
    if (next.outcome !== 'pay') throw new Error(next.outcome);
    expect(sessionsOf(orderId)).toHaveLength(1);
    await market.pay(sessionIn(next.url));
    await market.news(sessionIn(next.url));
    expect((await market.get(Orders).byId(orderId))!.status).toBe('paid');
  });

  it('the process died after Stripe made the session: the buyer asks again and it is the same one', async () => {
    const { guest, purchase, orderId } = await begun();
    await fail('POST /v1/checkout/sessions', 'before', 'close');
    await expect(market.payNext(guest, purchase.id)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await diedAfterTheCall('create', orderId);
    expect((await market.payNext(guest, purchase.id)).outcome).toBe('pay');
    expect(sessionsOf(orderId)).toHaveLength(1);
  });

  it('nobody asks again: the worker takes the attempt up by itself', async () => {
    const { guest, purchase, orderId } = await begun();
    await fail('POST /v1/checkout/sessions', 'before', 'close');
    await expect(market.payNext(guest, purchase.id)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await diedAfterTheCall('create', orderId);
    await market.rows(
      `update stripe.attempts set resume_at = resume_at - interval '61 seconds' where state = 'open'`,
    );
    await market.get(AttemptWorker).drain();
    expect((await market.get(Payments).sessionOf(orderId))!.status).toBe('open');
    expect(sessionsOf(orderId)).toHaveLength(1);
  });

  it('the process died after Stripe expired the session: the order is not canceled before the session is seen expired', async () => {
    const { guest, purchase, orderId } = await begun();
    await market.payNext(guest, purchase.id);
    await fail('POST /v1/checkout/sessions/:id/expire', 'before', 'close');
    const payments = market.get(Payments);
    await expect(payments.expire(orderId, 'changed')).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await diedAfterTheCall('expire', orderId);
    expect((await market.get(Orders).byId(orderId))!.status).toBe('awaiting_payment');
    expect(await payments.expire(orderId, 'changed')).toBe('expired');
    expect((await market.get(Orders).byId(orderId))!.cancelReason).toBe('changed');
  });

  it('Stripe refuses the session: nothing is held, the buyer is told, an admin sees why', async () => {
    const { bowl, guest, purchase, orderId } = await begun();
    await market.stripe(`accounts/${shop.stripeAccount}/restrict`);
    await expect(market.payNext(guest, purchase.id)).rejects.toMatchObject({ code: 'payment_refused' });
    await market.stripe(`accounts/${shop.stripeAccount}/restore`);
    expect((await market.get(Orders).byId(orderId))!.cancelReason).toBe('refused');
    expect((await market.stockOf(bowl)).held).toBe(0);
    const { items } = await market.get(PaymentAttention).open();
    expect(items.some((item) => item.orderId === orderId && item.kind === 'refused')).toBe(true);
  });

  it('an amount that is too small once Stripe has converted it is the error that a too small cart gives', async () => {
    const { bowl, guest, purchase } = await begun();
    const { sessions } = market.get(StripeApi).sdk.checkout;
    const refusal = {
      type: 'invalid_request_error' as const,
      code: 'amount_too_small',
      message: "The Checkout Session's total amount must convert to at least 50 cents.",
      statusCode: 400,
    };
    const create = sessions.create.bind(sessions);
    sessions.create = () => Promise.reject(new Stripe.errors.StripeInvalidRequestError(refusal));
    await expect(market.payNext(guest, purchase.id)).rejects.toMatchObject({ code: 'amount_too_small' });
    sessions.create = create;
    expect((await market.stockOf(bowl)).held).toBe(0);
  });

  it('no webhook came: the sweep asks for every session that should have ended', async () => {
    const { guest, purchase, orderId } = await begun();
    const next = await market.payNext(guest, purchase.id);
    if (next.outcome !== 'pay') throw new Error(next.outcome);
    await market.pay(sessionIn(next.url));
    await market.rows(
      `update payments.checkout_sessions set expires_at = now() - interval '1 minute' where order_id = $1`,
      [orderId],
    );
    await market.get(JobRunner).runNow('stripe.sweep.pending');
    expect((await market.get(Orders).byId(orderId))!.status).toBe('paid');
  });

  it('an order whose turn to be paid never came gives its stock back', async () => {
    const { bowl, orderId } = await begun();
    await market.rows(
      `update checkout.placed set placed_at = now() - interval '3 hours' where order_id = $1`,
      [orderId],
    );
    await market.get(JobRunner).runNow('checkout.abandoned');
    expect((await market.get(Orders).byId(orderId))!.cancelReason).toBe('abandoned');
    expect((await market.stockOf(bowl)).held).toBe(0);
  });
});
