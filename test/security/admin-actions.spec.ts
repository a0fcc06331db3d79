import { Debts } from '#debts';
import { Money } from '#kernel';
import { PaymentAttention } from '#payments';
import { Transactions } from '#platform';
import { routesOf } from '../support/routes.js';
import { offer, openShop, paidOrder } from '../support/story.js';
import { Cast } from './cast.js';

/** A card whose payment the bank takes back at once: no rule of the books knows what Stripe then books. */
const DISPUTED = '4000000000000259';

interface Deed {
  /** What the audit log calls it. */
  readonly action: string;
  readonly body?: object;
}

/** Everything that an admin can do, in an order in which each finds what it needs. Pages make the same calls. */
const deeds: Readonly<Record<string, Deed>> = {
  'POST /api/v1/admin/fee-rules': {
    action: 'fee_rule.created',
    body: { percentBps: 900, fixed: { amount: 20, currency: 'eur' } },
  },
  'POST /api/v1/admin/promotions': {
    action: 'promotion.created',
    body: { code: 'SPRING-10', percentBps: 1000 },
  },
  'POST /api/v1/admin/promotions/:promotionId/end': { action: 'promotion.ended' },
  'POST /api/v1/admin/orders/:orderId/refresh': { action: 'order.refreshed' },
  'POST /api/v1/admin/orders/:orderId/refunds': {
    action: 'refund.requested',
    body: { reason: 'Broke on its way' },
  },
  'POST /api/v1/admin/refunds/:refundId/try-again': { action: 'refund.tried_again' },
  'POST /api/v1/admin/refunds/:refundId/attribute': {
    action: 'refund.attributed',
    body: { bearer: 'platform', note: 'A scratch' },
  },
  'POST /api/v1/admin/debts/:debtId/write-off': {
    action: 'debt.written_off',
    body: { reason: 'They have left' },
  },
  'POST /api/v1/admin/payment-attention/:attentionId/resolve': {
    action: 'payment_attention.resolved',
    body: { resolution: 'Talked to the buyer' },
  },
  'POST /api/v1/admin/sellers/:sellerId/refresh': { action: 'seller.refreshed' },
  'POST /api/v1/admin/sellers/:sellerId/suspend': {
    action: 'seller.suspended',
    body: { reason: 'Sold what is not theirs' },
  },
  'POST /api/v1/admin/sellers/:sellerId/unsuspend': {
    action: 'seller.unsuspended',
    body: { reason: 'It was theirs' },
  },
  'POST /api/v1/admin/books/checks': { action: 'books.check_requested' },
  'POST /api/v1/admin/books/differences/:id/explain': {
    action: 'difference.explained',
    body: { note: 'A dispute' },
  },
  'POST /api/v1/admin/books/differences/:id/book': {
    action: 'difference.booked',
    body: { account: 'adjustments', note: 'A dispute' },
  },
  'POST /api/v1/admin/books/differences/:id/take-back': {
    action: 'difference.booking_taken_back',
    body: { note: 'Not a correction' },
  },
  'POST /api/v1/admin/events/:eventId/replay': { action: 'event.replayed' },
  'POST /api/v1/admin/events/replay-dead': { action: 'events.replayed' },
  'POST /admin/audit/verify': { action: 'audit.verified' },
};

describe('the audit log', () => {
  let cast: Cast;
  let admin: string;
  let objects: Record<string, string>;

  beforeAll(async () => {
    cast = await Cast.assemble();
    const { body } = await cast.browser('admin').api<{ user: { id: string } }>('GET', '/api/v1/session');
    admin = body.user.id;
    objects = { ...cast.mine, ...(await whatWaitsForAnAdmin(cast)) };
  }, 120_000);
  afterAll(() => cast?.world.stop());

  it('has an entry for everything that an admin can do', () => {
    const routes = routesOf(cast.world)
      .filter(
        ({ access, method, path }) => access === 'admin' && method !== 'GET' && path.startsWith('/api/'),
      )
      .map(({ method, path }) => `${method} ${path}`);
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((route) => !(route in deeds))).toEqual([]);
  });

  it.each(Object.entries(deeds))('names who did it: %s', async (deed, { action, body = {} }) => {
    const [method = '', path = ''] = deed.split(' ');
    const ids = path.endsWith('/attribute') ? { ...objects, refundId: objects['outsideRefundId']! } : objects;
    const address = path.replace(/:(\w+)/g, (_, name: string) => ids[name]!);
    const entries = () =>
      cast.world.rows(`select from audit.entries where action = $1 and actor_id = $2`, [action, admin]);
    expect(await entries()).toHaveLength(0);
    const type = path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded';
    const sent = path.startsWith('/api/') ? JSON.stringify(body) : '';
    const answer = await cast.send('admin', method, address, sent, { 'content-type': type });
    expect(answer.status < 400 ? '' : answer.text).toBe('');
    if (action === 'promotion.created')
      objects['promotionId'] = (JSON.parse(answer.text) as { id: string }).id;
    expect(await entries()).toHaveLength(1);
  });
});

async function whatWaitsForAnAdmin({ world, mine }: Cast): Promise<Record<string, string>> {
  const { sellerId = '', orderId = '', refundId = '' } = mine;
  const shop = await openShop(world, 'Loom & Hart');
  const variantId = await offer(world, shop, { price: 4000n });
  const scratched = await paidOrder(world, variantId);
  await world.stripe.refunds.create({ charge: scratched.chargeId!, amount: 500 });
  await paidOrder(world, variantId, DISPUTED);
  await world.mirrorEverything();
  await world.settle();
  await world.run('reconciliation.check');
  await world.get(Transactions).run(async () => {
    await world
      .get(PaymentAttention)
      .note('amount_differs', orderId, null, 'Charged otherwise than it says.');
    await world.get(Debts).owe({
      sellerId,
      stripeAccount: shop.account,
      orderId,
      cause: refundId,
      amount: Money.of(500n, 'eur'),
      error: 'Insufficient funds',
    });
  });
  await world.rows(
    `update stripe.inbox_events set state = 'dead' where id in (select id from stripe.inbox_events order by id limit 2)`,
  );
  const [found] = await world.rows<Record<string, string>>(
    `select (select id from refunds.refunds where order_id is null) as "outsideRefundId",
            (select id from debts.debts) as "debtId", (select id from payments.attention) as "attentionId",
            (select id from reconciliation.differences where code = 'suspense' limit 1) as id,
            (select event_id from stripe.inbox_events where state = 'dead' limit 1) as "eventId"`,
  );
  return found!;
}
