import type { INestApplicationContext } from '@nestjs/common';
import { Catalog, demoGoods, type DemoListing, type DemoShop, Listings, Pictures } from '#catalog';
import { Files } from '#files';
import { Users, type UserView } from '#identity';
import { type Actor, Money, systemActor } from '#kernel';
import { Transactions } from '#platform';
import { SellerOnboarding, Sellers, SellerSignUp, type SellerView } from '#sellers';
import { StripeApi } from '#stripe';
import { answerStripesQuestions } from './seed-onboarding.stripe.js';

export const DEMO_PASSWORD = 'guildhall-demo';
/** This one has still to answer Stripe's questions, so that a visitor can walk through them. */
const NOT_ONBOARDED = 'hive-and-wick';

const seed: Actor = systemActor('seed');

/**
 * People, shops and goods for a first look; answers who can sign in. Running it again adds only what is missing and
 * changes nothing.
 */
export async function seedDemo(app: INestApplicationContext): Promise<string[]> {
  const admin = await person(app, { name: 'Ada Winter', email: 'admin@guildhall.test' });
  if (!admin.isAdmin) await app.get(Users).grantAdmin(seed, admin.id, 'The demo’s admin');
  await person(app, { name: 'Robin Marsh', email: 'buyer@guildhall.test' });
  const signIns = ['admin@guildhall.test (admin)', 'buyer@guildhall.test (buyer)'];
  for (const demo of await demoGoods()) signIns.push(await setUp(app, demo));
  return signIns;
}

async function person(app: INestApplicationContext, who: { name: string; email: string }): Promise<UserView> {
  const users = app.get(Users);
  return (await users.byEmail(who.email)) ?? users.create({ ...who, password: DEMO_PASSWORD });
}

/** Answers the line that tells how to sign in as the shop's owner. */
async function setUp(app: INestApplicationContext, demo: DemoShop): Promise<string> {
  const owner = await person(app, demo.owner);
  const actor: Actor = { kind: 'user', userId: owner.id, isAdmin: false };
  const seller = await opened(app, await shopOf(app, actor, owner, demo), demo);
  await stocked(app, actor, seller, demo);
  const state = seller.canSell ? '' : ', which has still to answer Stripe’s questions';
  return `${demo.owner.email} (owner of ${demo.name}${state})`;
}

async function shopOf(
  app: INestApplicationContext,
  actor: Actor,
  owner: UserView,
  { name, country, currency, description }: DemoShop,
): Promise<SellerView> {
  const [membership] = await app.get(Sellers).membershipsOf(owner.id);
  if (membership) return app.get(Sellers).byId(membership.sellerId);
  return app.get(SellerSignUp).create(actor, { name, country, currency, description, acceptTerms: true });
}

/** Where Stripe takes the answers from us, the shop is open at once; otherwise its owner gives them on Stripe's page. */
async function opened(app: INestApplicationContext, seller: SellerView, demo: DemoShop): Promise<SellerView> {
  if (demo.slug === NOT_ONBOARDED || seller.everActive || !seller.stripeAccount) return seller;
  const [givenName = '', surname = ''] = demo.owner.name.split(' ');
  await answerStripesQuestions(app.get(StripeApi), seller.stripeAccount, {
    givenName,
    surname,
    email: demo.owner.email,
    country: seller.country,
    currency: seller.currency,
    sells: demo.description,
  });
  return app.get(SellerOnboarding).refresh(seller.id);
}

/** All goods in one transaction, and only into an empty shop: what its owner changed since stays changed. */
async function stocked(
  app: INestApplicationContext,
  actor: Actor,
  seller: SellerView,
  demo: DemoShop,
): Promise<void> {
  const { items } = await app.get(Listings).page(actor, seller.id, {}, null, 1);
  if (items.length > 0) return;
  const categories = new Map((await app.get(Catalog).categories()).map(({ id, name }) => [name, id]));
  await app.get(Transactions).run(async () => {
    for (const listing of demo.listings)
      await offered(app, actor, seller, listing, categories.get(listing.category) ?? 'other');
  });
}

async function offered(
  app: INestApplicationContext,
  actor: Actor,
  { id: sellerId, currency }: SellerView,
  demo: DemoListing,
  category: string,
): Promise<void> {
  const { id } = await app.get(Listings).create(actor, sellerId, {
    title: demo.title,
    description: demo.description,
    category,
    shipping: Money.of(demo.shippingMinor ?? 0n, currency),
    variants: demo.variants.map(({ name, amountMinor, stock }) => ({
      name,
      price: Money.of(amountMinor, currency),
      stock,
    })),
  });
  // Our own drawing is SVG, which is taken from the program only.
  const fileId = await app.get(Files).store(seed, Buffer.from(demo.picture.svg));
  await app.get(Pictures).add(actor, sellerId, id, { fileId, alt: demo.picture.alt });
  await app.get(Listings).move(actor, sellerId, id, 'publish');
}
