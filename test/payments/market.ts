import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Listings } from '#catalog';
import { BeginCheckout, type CartKey, Carts, CheckoutModule, PayNext } from '#checkout';
import { Users } from '#identity';
import { type Actor, Money } from '#kernel';
import type { PurchaseView, ShipTo } from '#orders';
import { Config, JobRunner, PlatformModule, Transactions } from '#platform';
import { SellerOnboarding, SellerSignUp, type SellerView } from '#sellers';
import { StripeModule, StripeObject, StripeRegistry, subscribedEvents } from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const ours = /^(checkout|payment_intent|charge|transfer|application_fee)\b/;

/** Stands for the modules above payments, since start-up asks for an owner of each event. */
@StripeObject({
  object: 'others',
  events: {
    payments: subscribedEvents.payments.filter((type) => !ours.test(type)),
    accounts: subscribedEvents.accounts.filter((type) => type.startsWith('payout.')),
  },
})
@Injectable()
class OwnerOfOthers {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

export const shipTo: ShipTo = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  line2: null,
  city: 'London',
  region: null,
  postcode: 'SW1Y 4LB',
  country: 'GB',
  phone: null,
};

export interface Goods {
  readonly price: bigint;
  readonly stock?: number;
  readonly shipping?: bigint;
  readonly title?: string;
}

/** The libs from catalogue to checkout against a database and an emulator of their own, without any door. */
export class Market {
  private people = 0;

  private constructor(
    readonly context: INestApplicationContext,
    readonly emulator: RunningEmulator,
    private readonly database: TestDatabase,
  ) {}

  static async open(): Promise<Market> {
    const [database, emulator] = await Promise.all([testDatabase(), startEmulator({ port: 0 })]);
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_guildhall',
      STRIPE_API_BASE: emulator.url,
      STRIPE_REQUESTS_PER_SECOND: '1000',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      DATABASE_POOL: '8',
    });
    @Module({
      imports: [PlatformModule.forRoot(config), StripeModule, CheckoutModule],
      providers: [OwnerOfOthers],
    })
    class TestModule {}
    const context = await NestFactory.createApplicationContext(TestModule, {
      logger: false,
      abortOnError: false,
    });
    await context.get(JobRunner).start({ concurrency: 2, crons: false });
    return new Market(context, emulator, database);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.emulator.close();
    await this.database.drop();
  }

  get<T>(type: Type<T>): T {
    return this.context.get(type, { strict: false });
  }

  rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.get(Transactions).query<Row>(sql, parameters);
  }

  async person(): Promise<Extract<Actor, { kind: 'user' }>> {
    const user = await this.get(Users).create({
      email: `person-${++this.people}@example.com`,
      name: `Person ${this.people}`,
      password: 'a long password 1',
    });
    return { kind: 'user', userId: user.id, isAdmin: false };
  }

  /** A shop that may sell. */
  async shop(name: string, currency = 'eur', country = 'DE'): Promise<SellerView & { owner: Actor }> {
    const owner = await this.person();
    const seller = await this.get(SellerSignUp).create(owner, { name, country, currency, acceptTerms: true });
    await this.stripe(`accounts/${seller.stripeAccount}/complete_onboarding`);
    return { ...(await this.get(SellerOnboarding).refresh(seller.id)), owner };
  }

  /** A published listing with one variant; answers the variant's id. */
  async goods(shop: SellerView & { owner: Actor }, goods: Goods): Promise<string> {
    const listings = this.get(Listings);
    const listing = await listings.create(shop.owner, shop.id, {
      title: goods.title ?? 'Bowl',
      description: 'Made by hand.',
      category: 'ceramics',
      shipping: Money.of(goods.shipping ?? 0n, shop.currency),
      variants: [{ name: 'Blue', price: Money.of(goods.price, shop.currency), stock: goods.stock ?? 10 }],
    });
    await listings.move(shop.owner, shop.id, listing.id, 'publish');
    return listing.variants[0]!.id;
  }

  /** A guest with these in the cart. */
  async guest(...wanted: [variantId: string, quantity: number][]): Promise<CartKey> {
    let key: CartKey = { actor: { kind: 'guest' }, cartToken: null };
    for (const [variantId, quantity] of wanted) {
      const { newToken } = await this.get(Carts).add(key, variantId, quantity);
      key = { ...key, cartToken: newToken ?? key.cartToken };
    }
    return key;
  }

  begin(key: CartKey, formToken = 'form-1'): Promise<PurchaseView> {
    return this.get(BeginCheckout).begin(key, { email: 'ada@example.com', shipTo, key: formToken });
  }

  payNext(key: CartKey, purchaseId: string) {
    return this.get(PayNext).payNext(
      { actor: key.actor, tokens: key.cartToken ? [key.cartToken] : [] },
      purchaseId,
    );
  }

  /** Begins, opens Stripe's page for the first order, and answers its session's id. */
  async atStripesPage(key: CartKey): Promise<{ purchase: PurchaseView; orderId: string; session: string }> {
    const purchase = await this.begin(key);
    const next = await this.payNext(key, purchase.id);
    if (next.outcome !== 'pay') throw new Error(`expected a page to pay on, got ${next.outcome}`);
    return { purchase, orderId: next.orderId, session: sessionIn(next.url) };
  }

  /** The emulator's control API. */
  async stripe(path: string, body: object = {}): Promise<void> {
    const answer = await fetch(`${this.emulator.url}/_emulator/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  pay(session: string, card?: string): Promise<void> {
    return this.stripe(`sessions/${session}/pay`, card ? { card } : {});
  }

  /** What the webhook of this session would bring. */
  async news(session: string): Promise<void> {
    await this.get(StripeRegistry).refresh('checkout.session', { id: session, account: null });
  }

  async stockOf(variantId: string): Promise<{ on_hand: number; held: number }> {
    const [row] = await this.rows<{ on_hand: number; held: number }>(
      `select on_hand, held from catalog.variants where id = $1`,
      [variantId],
    );
    return row!;
  }
}

export function sessionIn(url: string): string {
  return /cs_\w+/.exec(url)![0];
}
