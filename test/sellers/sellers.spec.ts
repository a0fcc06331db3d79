import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Actor } from '#kernel';
import { Users } from '#identity';
import { Config, PlatformModule, Subscribe, Transactions, JobRunner } from '#platform';
import { Attempts, StripeApi, StripeModule, StripeObject, StripeRegistry, subscribedEvents } from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import {
  SellerOnboarding,
  Sellers,
  SellerSellingChanged,
  SellerSignUp,
  SellersModule,
  SellerTimeline,
} from '#sellers';

const changes: { sellerId: string; canSell: boolean }[] = [];

@Injectable()
class Listener {
  @Subscribe(SellerSellingChanged, 'test')
  hear(change: { sellerId: string; canSell: boolean }): Promise<void> {
    changes.push(change);
    return Promise.resolve();
  }
}

/** Stands for the modules that own the other events, since start-up asks for an owner of each. */
@StripeObject({
  object: 'others',
  events: {
    payments: subscribedEvents.payments,
    accounts: subscribedEvents.accounts.filter((type) => type.startsWith('payout.')),
  },
})
@Injectable()
class OwnerOfOthers {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

const admin: Actor = { kind: 'user', userId: 'usr_admin', isAdmin: true };
const urls = { returnUrl: 'http://localhost:1/return', refreshUrl: 'http://localhost:1/refresh' };

describe('sellers', () => {
  let database: TestDatabase;
  let emulator: RunningEmulator;
  let context: INestApplicationContext;
  let sellers: Sellers;
  let onboarding: SellerOnboarding;
  let owner: Actor;

  beforeAll(async () => {
    [database, emulator] = await Promise.all([testDatabase(), startEmulator({ port: 0 })]);
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_guildhall',
      STRIPE_API_BASE: emulator.url,
      STRIPE_REQUESTS_PER_SECOND: '1000',
      LOG_LEVEL: 'silent',
      DATABASE_POOL: '5',
    });
    @Module({
      imports: [PlatformModule.forRoot(config), StripeModule, SellersModule],
      providers: [Listener, OwnerOfOthers],
    })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    await context.get(JobRunner).start({ concurrency: 2, crons: false });
    sellers = context.get(Sellers);
    onboarding = context.get(SellerOnboarding);
  });

  let owners = 0;
  beforeEach(async () => {
    const email = `mara-${++owners}@example.com`;
    const users = context.get(Users, { strict: false });
    const user = await users.create({ email, name: 'Mara', password: 'a long password 1' });
    owner = { kind: 'user', userId: user.id, isAdmin: false };
  });

  afterAll(async () => {
    await context.close();
    await emulator.close();
    await database.drop();
  });

  const signUp = (name: string) =>
    context.get(SellerSignUp).create(owner, { name, country: 'DE', currency: 'eur', acceptTerms: true });
  const stripeSays = (account: string, what: string, body: object = {}) =>
    fetch(`${emulator.url}/_emulator/accounts/${account}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then((answer) => {
      if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
    });
  const open = async (name: string) => {
    const seller = await signUp(name);
    await stripeSays(seller.stripeAccount!, 'complete_onboarding');
    return onboarding.refresh(seller.id);
  };
  const accountOwner = () =>
    context.get(StripeRegistry).owners.find(({ declaration }) => declaration.object === 'account')!.handler;
  const wait = async (sellerId: string, canSell: boolean) =>
    eventually(() => expect(changes.findLast((c) => c.sellerId === sellerId)?.canSell).toBe(canSell));

  it('a new shop has an account at Stripe, is told what is missing, and sells nothing', async () => {
    const seller = await signUp('Tove’s Glass');
    expect(seller).toMatchObject({
      slug: 'tove-s-glass',
      stage: 'onboarding',
      canSell: false,
      country: 'DE',
    });
    expect(seller.stripeAccount).toMatch(/^acct_/);
    expect(seller.requirements.map((r) => r.words)).toContain('A bank account for your payouts');
    expect(await onboarding.link(owner, seller.id, urls)).toContain(emulator.url);
    await expect(context.get(Transactions).run(() => sellers.sellable(seller.id))).rejects.toMatchObject({
      code: 'seller_not_selling',
    });
  });

  it('opens when Stripe says that transfers are active, and tells everybody once', async () => {
    const seller = await open('Kiln and Co');
    expect(seller).toMatchObject({ stage: 'open', canSell: true, payoutsActive: true, requirements: [] });
    await onboarding.refresh(seller.id);
    await wait(seller.id, true);
    expect(changes.filter((c) => c.sellerId === seller.id)).toHaveLength(1);
    const sale = await context.get(Transactions).run(() => sellers.sellable(seller.id));
    expect(sale).toEqual({
      name: seller.name,
      stripeAccount: seller.stripeAccount,
      country: 'DE',
      currency: 'eur',
    });
    expect((await context.get(SellerTimeline).latest(seller.id)).map((h) => h.word)).toEqual([
      'Shop open', 'Payouts possible', 'Can be paid', 'Connected', 'Signed up',
    ]); // prettier-ignore
  });

  it('sends a seller to Stripe again for what is missing later: an Express account is only ever onboarded', async () => {
    const seller = await open('Sigrid’s Lamps');
    await stripeSays(seller.stripeAccount!, 'requirement', { field: 'individual.verification.document' });
    expect(await onboarding.link(owner, seller.id, urls)).toContain(emulator.url);
  });

  it('closes when transfers stop, and opens again when they are back', async () => {
    const seller = await open('Restricted Rugs');
    await stripeSays(seller.stripeAccount!, 'restrict');
    expect(await onboarding.refresh(seller.id)).toMatchObject({ stage: 'restricted', canSell: false });
    await wait(seller.id, false);
    await stripeSays(seller.stripeAccount!, 'restore');
    expect(await onboarding.refresh(seller.id)).toMatchObject({ stage: 'open', canSell: true });
    await wait(seller.id, true);
  });

  it('asks for attention, with the day and what happens then, while the shop still sells', async () => {
    const seller = await open('Late Lamps');
    await stripeSays(seller.stripeAccount!, 'requirement', { deadline_in_seconds: 864000 });
    const asked = await onboarding.refresh(seller.id);
    expect(asked).toMatchObject({ stage: 'attention', canSell: true });
    expect(asked.requirements[0]!.deadline).toBeInstanceOf(Date);
    expect(asked.requirements[0]!.consequence).toMatch(
      /^Without it your shop closes and payouts stop after /,
    );
  });

  it('an older picture that comes late changes nothing', async () => {
    const seller = await open('Slow Spoons');
    const account = accountOwner();
    const ref = { id: seller.stripeAccount!, account: null };
    const old = await account.fetch(ref);
    await stripeSays(seller.stripeAccount!, 'restrict');
    await onboarding.refresh(seller.id);
    await account.record(old, ref);
    expect(await sellers.byId(seller.id)).toMatchObject({ stage: 'restricted', canSell: false });
  });

  it('a suspension stands above what Stripe says, needs an admin, and is lifted by one', async () => {
    const seller = await open('Suspended Sofas');
    await expect(sellers.suspend(owner, seller.id, 'because')).rejects.toMatchObject({ code: 'admins_only' });
    expect(await sellers.suspend(admin, seller.id, 'Counterfeit goods')).toMatchObject({
      stage: 'suspended',
      canSell: false,
      transfersActive: true,
    });
    await wait(seller.id, false);
    expect(await onboarding.refresh(seller.id)).toMatchObject({ stage: 'suspended', canSell: false });
    expect(await sellers.unsuspend(admin, seller.id, 'Cleared up')).toMatchObject({ stage: 'open' });
    await wait(seller.id, true);
  });

  it('after an account was closed the seller connects a new one, and the old one stays known', async () => {
    const seller = await open('Second Start');
    const first = seller.stripeAccount!;
    const { sdk } = context.get(StripeApi);
    await sdk.v2.core.accounts.close(first);
    const closed = await onboarding.refresh(seller.id);
    expect(closed).toMatchObject({ stage: 'closed', canSell: false, stripeAccount: null });
    await wait(seller.id, false);
    await onboarding.link(owner, seller.id, urls);
    const again = await sellers.byId(seller.id);
    expect(again.stage).toBe('onboarding');
    expect(again.stripeAccount).not.toBe(first);
    expect(await sellers.byStripeAccount(first)).toEqual({ sellerId: seller.id });
    expect((await sellers.accountsOf(seller.id)).map((a) => a.current)).toEqual([true, false]);
    // A late word about the old account does not end the new one.
    await context.get(StripeRegistry).refresh('account', { id: first, account: null });
    expect((await sellers.byId(seller.id)).stripeAccount).toBe(again.stripeAccount);
  });

  it('an account that no longer lets us in ends like a closed one', async () => {
    const seller = await open('Gone Goods');
    await accountOwner().record(
      { id: seller.stripeAccount!, askedAt: new Date(Date.now() + 1000), state: { kind: 'deauthorized' } },
      { id: seller.stripeAccount!, account: null },
    );
    expect(await sellers.byId(seller.id)).toMatchObject({ stage: 'closed', canSell: false });
  });

  it('an answer of Stripe that was lost is found again instead of making a second account', async () => {
    const seller = await signUp('Lost Letters');
    const attempts = context.get(Attempts);
    await context
      .get(Transactions)
      .query(
        `update stripe.attempts set state = 'open', result_id = null, look_first = true where subject_id = $1`,
        [seller.id],
      );
    expect(await attempts.perform((await attempts.latest('account.create', seller.id))!)).toMatchObject({
      state: 'done',
      number: 1,
      result_id: seller.stripeAccount,
    });
    expect(await sellers.accountsOf(seller.id)).toHaveLength(1);
  });

  it('a name is taken once, and a stranger sees no desk', async () => {
    const seller = await signUp('Only One');
    await expect(signUp('Only  One')).rejects.toMatchObject({
      code: 'shop_name_taken',
      fields: { name: expect.any(String) as string },
    });
    const stranger: Actor = { kind: 'user', userId: 'usr_stranger', isAdmin: false };
    await expect(sellers.requireMember(stranger, seller.id)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(sellers.requireMember(owner, 'sel_none')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('admins find sellers by words, by stage and by account, page by page', async () => {
    const seller = await open('Findable Fjord Ferns');
    expect((await sellers.page({ search: 'fjo fern' })).items.map((s) => s.id)).toEqual([seller.id]);
    expect((await sellers.page({ search: seller.stripeAccount! })).items.map((s) => s.id)).toEqual([
      seller.id,
    ]);
    expect((await sellers.page({ search: "'); drop" })).items).toEqual([]);
    const first = await sellers.page({ stage: 'open', limit: 1 });
    const second = await sellers.page({ stage: 'open', limit: 1, cursor: first.next! });
    expect(second.items[0]!.id < first.items[0]!.id).toBe(true);
    const counted = async () => Object.fromEntries(await sellers.countByStage());
    const before = await counted();
    expect(before['open']).toBeGreaterThan(1);
    await sellers.suspend(admin, seller.id, 'A test.');
    expect(await counted()).toEqual({
      ...before,
      open: before['open']! - 1,
      suspended: (before['suspended'] ?? 0) + 1,
    });
    await sellers.unsuspend(admin, seller.id, 'It is over.');
    expect(await counted()).toEqual(before);
  });
});
