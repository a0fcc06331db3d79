import { Refunds } from '#refunds';
import {
  Buyer,
  CARDS,
  offer,
  openShop,
  pass,
  pay,
  type Person,
  person,
  resume,
  sessionIn,
  type Shop,
  standStill,
  sweep,
} from '../support/story.js';
import type { World } from '../support/world.js';
import type { Random } from './random.js';

/** Where calls to Stripe break: every write, and what is read to learn how things stand. */
const ROUTES = [
  'POST /v1/checkout/sessions',
  'POST /v1/checkout/sessions/:id/expire',
  'POST /v1/refunds',
  'POST /v1/application_fees/:id/refunds',
  'POST /v1/transfers/:id/reversals',
  'GET /v1/checkout/sessions/:id',
  'GET /v1/payouts/:id',
  'GET /v1/balance_transactions',
] as const;

/** Ways to break: after Stripe has done it or before, with or without an answer. 409 is only ever said before. */
const BREAKS = [
  { when: 'after', status: 'close' },
  { when: 'before', status: 'close' },
  { when: 'after', status: 500 },
  { when: 'before', status: 500 },
  { when: 'before', status: 409 },
] as const;

/** What people and Stripe may answer in the middle of all this; anything else is a mistake of ours. */
const UNDERSTOOD = /: (400|402|404|409|422|503) |is (expired|complete)|payment_refused|stripe_unavailable/;

interface Visit {
  readonly buyer: Buyer;
  readonly purchaseId: string;
}

interface Goods {
  readonly variantId: string;
  readonly stock: number;
}

/** Shops, buyers and troubles, chosen at random. */
export class MarketDay {
  readonly goods: Goods[] = [];
  private readonly shops: Shop[] = [];
  private readonly visits: Visit[] = [];
  private admin!: Person;

  constructor(
    private readonly world: World,
    private readonly random: Random,
  ) {}

  async open(): Promise<void> {
    await standStill(this.world);
    this.admin = await person(this.world, { admin: true });
    const banks = ['000123456789', '000123456789', '000111111113'];
    for (const [i, currency] of ['eur', 'eur', 'gbp'].entries()) {
      const country = currency === 'gbp' ? 'GB' : 'DE';
      const shop = await openShop(this.world, `Shop ${i}`, {
        currency,
        country,
        bank: this.random.pick(banks),
      });
      this.shops.push(shop);
      for (let n = 0; n < 2; n++) {
        const stock = this.random.whole(2, 6);
        const price = BigInt(this.random.whole(700, 30_000));
        const shipping = BigInt(this.random.whole(0, 900));
        this.goods.push({ variantId: await offer(this.world, shop, { price, shipping, stock }), stock });
      }
    }
  }

  /** So many things happen, some of them at the same moment. */
  async live(happenings: number): Promise<void> {
    for (let done = 0; done < happenings; done++) {
      const together = this.random.chance(0.3) ? 2 : 1;
      await Promise.all(Array.from({ length: together }, () => this.understood(() => this.something())));
    }
  }

  /** The troubles end, everybody's time runs out, and the sweeps look after what is left. */
  async close(): Promise<void> {
    await this.calm();
    for (const shop of this.shops) await this.world.control(`accounts/${shop.account}/restore`, {});
    await sweep(this.world);
    await pass(this.world, { hours: 3 });
    await pass(this.world, { days: 12 });
    await this.world.rows(`update checkout.placed set placed_at = now() - interval '3 hours'`);
    await this.world.run('checkout.abandoned');
    await this.world.mirrorEverything();
    await sweep(this.world);
    await sweep(this.world);
  }

  private something(): Promise<unknown> {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.4) return this.buy();
    if (dice < 0.55) return this.comeBack();
    if (dice < 0.67) return this.refund();
    if (dice < 0.77) return this.loseNews();
    if (dice < 0.87) return this.breakCalls();
    if (dice < 0.92) return this.trouble();
    if (dice < 0.96) return this.timePasses();
    return resume(this.world);
  }

  private async understood(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      if (!UNDERSTOOD.test(message) && code === undefined) throw error;
    }
  }

  private async buy(): Promise<void> {
    const buyer = new Buyer(this.world.visitor());
    for (let n = this.random.whole(1, 3); n > 0; n--)
      await buyer.put([this.random.pick(this.goods).variantId, this.random.whole(1, 2)]);
    const { id } = await buyer.checkOut();
    const visit = { buyer, purchaseId: id };
    this.visits.push(visit);
    await this.payNext(visit);
  }

  private async comeBack(): Promise<void> {
    if (this.visits.length > 0) await this.payNext(this.random.pick(this.visits));
  }

  /** Pays the next order, in one of the ways that people have; or looks at the page and leaves. */
  private async payNext({ buyer, purchaseId }: Visit): Promise<void> {
    const next = await buyer.next(purchaseId);
    if (next.outcome !== 'pay') return;
    const session = sessionIn(next.url);
    const dice = this.random.next();
    if (dice < 0.15) return;
    if (dice < 0.3) {
      const account_number = this.random.pick(['000123456789', '000222222227']);
      await this.world.control(`sessions/${session}/bank_debit`, { account_number });
      return;
    }
    const outcome = await pay(this.world, session, this.random.pick(Object.values(CARDS)));
    if (outcome === 'requires_action')
      await this.world.control(`sessions/${session}/authenticate`, { passed: this.random.chance(0.7) });
    if (this.random.chance(0.4)) await buyer.next(purchaseId);
  }

  private async refund(): Promise<void> {
    const [order] = await this.world.rows<{ id: string }>(
      `select id from orders.orders where status = 'paid' order by md5(id || $1) limit 1`,
      [String(this.random.next())],
    );
    if (!order) return;
    const wish = { orderId: order.id, reason: 'Broke in the kiln', amount: null };
    await this.world.get(Refunds).request(this.admin, null, wish);
  }

  private loseNews(): Promise<unknown> {
    const { random } = this;
    const webhooks = random.pick([
      { drop: random.whole(1, 12) },
      { duplicate: random.whole(1, 12) },
      { reorder: random.whole(2, 20) },
      { paused: true },
    ]);
    return this.world.control('faults', { webhooks });
  }

  private breakCalls(): Promise<unknown> {
    const { random } = this;
    // The SDK tries three times by itself; only what lasts longer reaches us.
    const fault = {
      route: random.pick(ROUTES),
      ...random.pick(BREAKS),
      skip: random.whole(0, 2),
      times: random.pick([1, 3, 3]),
    };
    return this.world.control('faults', { api: [fault] });
  }

  private trouble(): Promise<unknown> {
    const { account } = this.random.pick(this.shops);
    return this.world.control(`accounts/${account}/${this.random.pick(['restrict', 'restore'])}`, {});
  }

  /** Only Stripe's clock can be moved, so what is half asked is finished first: its key would be too old for Stripe alone. */
  private async timePasses(): Promise<void> {
    await this.calm();
    await pass(this.world, { hours: this.random.whole(1, 60) });
  }

  private async calm(): Promise<void> {
    await this.world.control('faults/clear', {});
    await resume(this.world);
  }
}
