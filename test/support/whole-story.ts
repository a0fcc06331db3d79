import { Refunds } from '#refunds';
import {
  type Buyer,
  buyFrom,
  CARDS,
  offer,
  openShop,
  pass,
  pay,
  person,
  sessionIn,
  type Shop,
  standStill,
} from './story.js';
import type { World } from './world.js';

export interface WholeStory {
  readonly shops: readonly [Shop, Shop];
  readonly buyer: Buyer;
  readonly purchaseId: string;
}

/**
 * A bit of everything whose end is told by events: two shops of two currencies are paid, one by a card that was declined
 * first; one order goes back in full; an order is left until its page runs out; both shops are paid out. It can be told
 * with the doors shut, since buyers who come back learn from Stripe how their payment stands.
 */
export async function tellWholeStory(world: World): Promise<WholeStory> {
  await standStill(world);
  const shops = [
    await openShop(world, 'Redfern Pottery'),
    await openShop(world, 'Asagiri Tea', { currency: 'cad', country: 'CA' }),
  ] as const;
  const bowl = await offer(world, shops[0], { price: 24_000n, shipping: 490n });
  const sencha = await offer(world, shops[1], { price: 12_000n });
  const { buyer, purchaseId, session } = await buyFrom(world, [bowl, 2], [sencha, 1]);
  await pay(world, session, CARDS.declined);
  await pay(world, session, CARDS.paysIntoAvailable);
  await pay(world, sessionIn((await buyer.next(purchaseId)).url), CARDS.paysIntoAvailable);
  await buyer.next(purchaseId);

  const second = await buyFrom(world, [bowl, 1]);
  await pay(world, second.session);
  await second.buyer.next(second.purchaseId);
  await buyFrom(world, [bowl, 3]);

  const wish = { orderId: second.orderId, reason: 'Broke in the kiln', amount: null };
  await world.get(Refunds).request(await person(world, { admin: true }), null, wish);
  await pass(world, { days: 4 });
  return { shops, buyer, purchaseId };
}

/** Everything that the story left behind, in words and figures without ids and moments: equal stories, equal traces. */
export async function traces(world: World): Promise<object> {
  const all = (sql: string) => world.rows(sql);
  return {
    orders: await all(
      `select status, cancel_reason, charged_amount, refunded_amount, currency, charge_id is not null as charged,
         transfer_id is not null as transferred, application_fee_id is not null as fee
       from orders.orders order by charged_amount, position`,
    ),
    stock: await all(`select price_amount, on_hand, held from catalog.variants order by 1`),
    sessions: await all(
      `select status, payment_status, amount, decline_code from payments.checkout_sessions order by amount, status`,
    ),
    charges: await all(
      `select presentment_amount, refunded_amount, fee_refunded_amount, reversed_amount from payments.charges order by 1, 2`,
    ),
    refunds: await all(`select status, amount, fee_step, reversal_step from refunds.refunds order by amount`),
    payouts: await all(
      `select status, amount, currency, composed_at is not null as composed from payouts.payouts order by 3, 2`,
    ),
    postings: await all(
      `select kind, count(*)::int as count from ledger.transactions group by kind order by kind`,
    ),
    mails: await all(
      `select subject, count(*)::int as count from notifications.mails group by subject order by subject`,
    ),
  };
}
