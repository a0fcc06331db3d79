import { Injectable } from '@nestjs/common';
import { type Actor, DomainError, newId } from '#kernel';
import { Audit } from '#audit';
import { Users } from '#identity';
import { Transactions } from '#platform';
import { Attempts, PlatformAccount } from '#stripe';
import { accountRequest } from './accounts.stripe.js';
import { canPay, sellerCurrencies, whyNot } from './countries.js';
import { SellerTimeline } from './seller-timeline.js';
import { Sellers } from './sellers.service.js';
import type { SellerView } from './seller.view.js';
import { slugOf } from './selling.rules.js';

/** The terms in force; a new text gets a new version. */
export const SELLER_TERMS_VERSION = '2026-11';

export interface NewSeller {
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly description?: string;
  readonly acceptTerms: boolean;
}

/** Each is an account at Stripe, which nobody may make by the thousand. */
const MOST_SHOPS = 10;

interface BegunSeller {
  readonly id: string;
  readonly attemptId: string;
}

/** A signed-in person opens a shop. */
@Injectable()
export class SellerSignUp {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: Users,
    private readonly sellers: Sellers,
    private readonly attempts: Attempts,
    private readonly audit: Audit,
    private readonly timeline: SellerTimeline,
    private readonly platform: PlatformAccount,
  ) {}

  /**
   * Makes the seller and asks Stripe for its account. Should Stripe not answer, the shop is there all the same and a job
   * goes on asking. Throws `shop_name_taken`, `too_many_shops`, `terms_not_accepted`,
   * `country_unsupported`, `currency_unknown`.
   */
  async create(actor: Actor, shop: NewSeller): Promise<SellerView> {
    return this.finish(await this.begin(actor, shop));
  }

  /** The half of `create` before Stripe is asked; joins the caller's transaction. */
  async begin(actor: Actor, shop: NewSeller): Promise<BegunSeller> {
    if (actor.kind !== 'user')
      throw new DomainError('sign_in_first', 'unauthenticated', 'Sign in to open a shop.');
    const slug = checked(shop, await this.platform.country());
    const user = (await this.users.byIds([actor.userId])).get(actor.userId);
    if (!user) throw DomainError.notFound('user');
    const id = newId('sel');
    return this.transactions.run(async () => {
      await this.requireFew(actor.userId);
      await this.insert(id, slug, actor.userId, shop);
      await this.audit.write({ actor, action: 'seller.created', subject: id, after: { slug } });
      await this.timeline.add(
        id,
        'neutral',
        'Signed up',
        `The shop was made and the seller terms of ${SELLER_TERMS_VERSION} were accepted.`,
      );
      const attempt = await this.attempts.open(
        'account.create',
        id,
        accountRequest({ id, name: shop.name, country: shop.country, contactEmail: user.email }),
      );
      return { id, attemptId: attempt.id };
    });
  }

  /** The other half, harmless to repeat. */
  async finish({ id, attemptId }: BegunSeller): Promise<SellerView> {
    try {
      await this.attempts.perform(await this.attempts.byId(attemptId));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    return this.sellers.byId(id);
  }

  private async requireFew(userId: string): Promise<void> {
    // Two sign-ups at once must not both be the last one.
    await this.transactions.write(`select pg_advisory_xact_lock(hashtext($1))`, [
      `sellers.sign_up ${userId}`,
    ]);
    const [owned] = await this.transactions.write<{ count: number }>(
      `select count(*)::int as count from sellers.members where user_id = $1 and role = 'owner'`,
      [userId],
    );
    if (owned!.count >= MOST_SHOPS)
      throw new DomainError(
        'too_many_shops',
        'conflict',
        `You have ${MOST_SHOPS} shops, and that is how many a person can have. Write to us if you need more.`,
      );
  }

  private async insert(id: string, slug: string, userId: string, shop: NewSeller): Promise<void> {
    const [made] = await this.transactions.write<{ id: string }>(
      `insert into sellers.sellers (id, slug, name, description, country, currency) values ($1, $2, $3, $4, $5, $6)
       on conflict (slug) do nothing returning id`,
      [id, slug, shop.name, shop.description ?? '', shop.country, shop.currency],
    );
    if (!made)
      throw DomainError.field(
        'name',
        'shop_name_taken',
        'Another shop has this name. Choose a different one.',
      );
    await this.transactions.write(
      `insert into sellers.members (seller_id, user_id, role) values ($1, $2, 'owner')`,
      [id, userId],
    );
    await this.transactions.write(
      `insert into sellers.terms_acceptances (seller_id, version, accepted_by) values ($1, $2, $3)`,
      [id, SELLER_TERMS_VERSION, userId],
    );
  }
}

/** Answers the shop's address. */
function checked(shop: NewSeller, platformCountry: string): string {
  if (!shop.acceptTerms)
    throw DomainError.field('acceptTerms', 'terms_not_accepted', 'Accept the seller terms to open a shop.');
  if (!canPay(platformCountry, shop.country))
    throw DomainError.field('country', 'country_unsupported', whyNot(platformCountry, shop.country));
  if (!sellerCurrencies.includes(shop.currency))
    throw DomainError.field('currency', 'currency_unknown', 'Choose a currency from the list.');
  const slug = slugOf(shop.name);
  if (slug.length < 2)
    throw DomainError.field(
      'name',
      'shop_name_unusable',
      'Use at least two Latin letters or digits: the name is also the address of your shop.',
    );
  return slug;
}
