import { BeginCheckout, Carts } from '#checkout';
import { Payments } from '#payments';
import { Refunds } from '#refunds';
import { Sellers } from '#sellers';
import type { Verb } from '../support/dying-process.js';
import {
  Buyer,
  buyFrom,
  offer,
  orderOf,
  paidOrder,
  pay,
  person,
  type Person,
  sessionIn,
  type Shop,
  shipTo,
  stockOf,
} from '../support/story.js';
import type { World } from '../support/world.js';

/** One thing that a process was doing when it died. */
export interface Scene {
  /** What the process performs; asked for once our own worker takes no more jobs. */
  verb(): Promise<Verb>;
  /** How many objects of the kind Stripe has for it. */
  atStripe(): number;
  /** Everything is as if nobody had died. */
  isWhole(): Promise<void>;
}

/** Prepares a scene; several of one kind play at the same time, told apart by `name`. */
export type Scenario = (stage: Stage, name: string) => Promise<Scene>;

export interface Stage {
  readonly world: World;
  readonly shop: Shop;
  readonly admin: Person;
}

interface Made {
  readonly metadata?: Record<string, string> | null;
}

/** Objects at the emulator that carry one of our ids in their metadata. */
function made(
  world: World,
  kind: 'checkout_session' | 'customer' | 'refund',
  key: string,
  id: string,
): number {
  const { engine } = world.emulator;
  return [...engine.store.all(kind, engine.platform)].filter((each) => (each as Made).metadata?.[key] === id)
    .length;
}

/** Calls a method of a lib's service. */
function service(lib: string, name: string, method: string, ...parameters: unknown[]): () => Promise<Verb> {
  return () => Promise.resolve({ verb: 'service', args: [lib, name, method, ...parameters] });
}

/** A guest who has checked out, and stands before the step to Stripe's page. */
async function checkedOut({ world, shop }: Stage) {
  const variantId = await offer(world, shop, { price: 2500n, stock: 1 });
  const buyer = new Buyer(world.visitor());
  await buyer.put([variantId, 1]);
  const { id: purchaseId, orders } = await buyer.checkOut();
  return { variantId, buyer, purchaseId, orderId: orders[0]!.id };
}

/** The buyer goes on as they would in life, and it is paid once. */
async function isPaidOnce(world: World, url: string, orderId: string): Promise<void> {
  await pay(world, sessionIn(url));
  await world.get(Payments).refresh(orderId);
  expect((await orderOf(world, orderId)).status).toBe('paid');
  expect(made(world, 'checkout_session', 'order_id', orderId)).toBe(1);
}

/** A paid order, and the wish to refund it. */
async function refundable({ world, shop, admin }: Stage) {
  const order = await paidOrder(world, await offer(world, shop, { price: 2500n }));
  return { order, wish: { orderId: order.id, reason: 'Broke in the kiln', amount: null }, admin };
}

type Order = Awaited<ReturnType<typeof paidOrder>>;

async function isRefundedOnce(world: World, order: Order): Promise<void> {
  const { stripe } = world;
  const after = await orderOf(world, order.id);
  expect([after.status, after.refunded]).toEqual(['refunded', order.split.charged]);
  const amounts = (list: { data: { amount: number }[] }) => list.data.map(({ amount }) => BigInt(amount));
  expect(amounts(await stripe.refunds.list({ charge: order.chargeId! }))).toEqual([
    order.split.charged.amount,
  ]);
  expect(amounts(await stripe.applicationFees.listRefunds(order.applicationFeeId!))).toEqual([
    order.split.applicationFee.amount,
  ]);
  expect(amounts(await stripe.transfers.listReversals(order.transferId!))).toEqual([
    order.split.charged.amount,
  ]);
}

/** The worker takes the refund's next steps, and dies at one of them. */
const refundStep =
  (atStripe: (world: World, order: Order) => number): Scenario =>
  async (stage) => {
    const { world } = stage;
    const { order, wish, admin } = await refundable(stage);
    return {
      verb: async () => {
        const { id } = await world.get(Refunds).request(admin, null, wish);
        return { verb: 'job', args: ['refunds.advance', { id }] };
      },
      atStripe: () => atStripe(world, order),
      isWhole: () => isRefundedOnce(world, order),
    };
  };

/** For each kind of write to Stripe, what a process does when it makes one. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'account.create': async ({ world }, name) => {
    const owner = await person(world);
    const shop = { name: `Kiln ${name}`, country: 'DE', currency: 'eur', acceptTerms: true };
    const accounts = () =>
      [...world.emulator.engine.store.all('account', '')].filter((one) => one.display_name === shop.name);
    return {
      verb: service('sellers', 'SellerSignUp', 'create', owner, shop),
      atStripe: () => accounts().length,
      isWhole: async () => {
        const [membership] = await world.get(Sellers).membershipsOf(owner.userId);
        const seller = await world.get(Sellers).byId(membership!.sellerId);
        expect(seller.stripeAccount).toBe(accounts()[0]!.id);
      },
    };
  },

  'customer.create': async ({ world, shop }) => {
    const actor = await person(world);
    const cart = { actor, cartToken: null };
    await world.get(Carts).add(cart, await offer(world, shop, { price: 2500n }), 1);
    const details = { line2: null, region: null, phone: null };
    const input = { email: 'ada@example.com', shipTo: { ...shipTo, ...details }, key: 'form' };
    const [order] = (await world.get(BeginCheckout).begin(cart, input)).orders;
    return {
      verb: service('payments', 'Payments', 'payable', { id: order!.id, buyerId: order!.buyerId }),
      atStripe: () => made(world, 'customer', 'user_id', actor.userId),
      isWhole: async () => {
        const page = await world.get(Payments).payable(order!);
        expect((await world.stripe.checkout.sessions.retrieve(sessionIn(page.url!))).customer).toMatch(
          /^cus_/,
        );
        await isPaidOnce(world, page.url!, order!.id);
      },
    };
  },

  'checkout_session.create': async (stage) => {
    const { world } = stage;
    const { buyer, purchaseId, orderId } = await checkedOut(stage);
    return {
      verb: service('payments', 'Payments', 'payable', { id: orderId, buyerId: null }),
      atStripe: () => made(world, 'checkout_session', 'order_id', orderId),
      isWhole: async () => isPaidOnce(world, (await buyer.next(purchaseId)).url, orderId),
    };
  },

  'checkout_session.expire': async ({ world, shop }) => {
    const variantId = await offer(world, shop, { price: 2500n, stock: 1 });
    const { orderId, session } = await buyFrom(world, [variantId, 1]);
    const status = () => world.emulator.engine.checkout.need(session).status;
    return {
      verb: service('payments', 'Payments', 'expire', orderId, 'changed'),
      atStripe: () => (status() === 'expired' ? 1 : 0),
      isWhole: async () => {
        const order = await orderOf(world, orderId);
        expect([order.status, order.cancelReason]).toEqual(['canceled', 'changed']);
        expect(await stockOf(world, variantId)).toEqual({ on_hand: 1, held: 0 });
        expect(made(world, 'checkout_session', 'order_id', orderId)).toBe(1);
      },
    };
  },

  'refund.create': async (stage) => {
    const { order, wish, admin } = await refundable(stage);
    return {
      verb: service('refunds', 'Refunds', 'request', admin, null, wish),
      atStripe: () => made(stage.world, 'refund', 'order_id', order.id),
      isWhole: () => isRefundedOnce(stage.world, order),
    };
  },

  'application_fee_refund.create': refundStep(({ emulator: { engine } }, { applicationFeeId }) => {
    const fee = engine.store.need('application_fee', engine.platform, applicationFeeId!);
    return fee.amount_refunded === 0 ? 0 : fee.refunds.data.length;
  }),

  'transfer_reversal.create': refundStep(({ emulator: { engine } }, { transferId }) => {
    const transfer = engine.store.need('transfer', engine.platform, transferId!);
    return transfer.amount_reversed === 0 ? 0 : transfer.reversals.data.length;
  }),
};
