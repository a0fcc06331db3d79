import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, DomainError } from '#kernel';
import { Users } from '#identity';
import { Transactions } from '#platform';
import { Attempts, StripeRegistry } from '#stripe';
import { AccountPages, accountRequest } from './accounts.stripe.js';
import { Sellers } from './sellers.service.js';
import type { SellerView } from './seller.view.js';

/** The way to Stripe's pages and back. */
@Injectable()
export class SellerOnboarding {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: Users,
    private readonly sellers: Sellers,
    private readonly attempts: Attempts,
    private readonly registry: StripeRegistry,
    private readonly pages: AccountPages,
    private readonly audit: Audit,
  ) {}

  /**
   * The address of Stripe's page where this seller goes on: single-use, good for minutes, for this person's browser only.
   * Makes an account where there is none. Throws `account_refused`, `stripe_unavailable`.
   */
  async link(
    actor: Actor,
    sellerId: string,
    urls: { returnUrl: string; refreshUrl: string },
  ): Promise<string> {
    let seller = await this.sellers.requireMember(actor, sellerId);
    if (!seller.stripeAccount) seller = await this.connect(actor, seller);
    return this.pages.onboarding(seller.stripeAccount!, urls);
  }

  /** Stripe's Express dashboard, signed in. Throws `no_stripe_account`. */
  async dashboard(actor: Actor, sellerId: string): Promise<string> {
    const seller = await this.sellers.requireMember(actor, sellerId);
    if (!seller.stripeAccount || !seller.everActive)
      throw new DomainError(
        'no_stripe_account',
        'conflict',
        'There is no Stripe dashboard yet: finish Stripe’s questions first.',
      );
    return this.pages.dashboard(seller.stripeAccount);
  }

  /** Asks Stripe now and takes the answer in. For the page a seller comes back to, and for remedy buttons. */
  async refresh(sellerId: string): Promise<SellerView> {
    const { stripeAccount } = await this.sellers.byId(sellerId);
    if (stripeAccount) await this.registry.refresh('account', { id: stripeAccount, account: null });
    return this.sellers.byId(sellerId);
  }

  /** The same for an admin, whose every act is on record. */
  async refreshAsAdmin(actor: Actor, sellerId: string): Promise<SellerView> {
    await this.sellers.byId(sellerId);
    await this.transactions.run(() =>
      this.audit.write({ actor, action: 'seller.refreshed', subject: sellerId }),
    );
    return this.refresh(sellerId);
  }

  private async connect(actor: Actor, seller: SellerView): Promise<SellerView> {
    const contactEmail = await this.contactEmail(actor);
    const attempt = await this.transactions.run(async () => {
      // Two tabs: the second waits here and then finds the account, or the attempt that the first has opened.
      await this.transactions.write(`select from sellers.sellers where id = $1 for update`, [seller.id]);
      const now = await this.sellers.byId(seller.id);
      if (now.stripeAccount) return null;
      return this.attempts.open('account.create', seller.id, accountRequest({ ...seller, contactEmail }));
    });
    const done = attempt && (await this.attempts.perform(attempt));
    if (done?.state === 'refused')
      throw new DomainError(
        'account_refused',
        'conflict',
        `Stripe would not open an account for this shop: ${done.error_message}`,
      );
    return this.sellers.byId(seller.id);
  }

  private async contactEmail(actor: Actor): Promise<string> {
    const userId = actor.kind === 'user' ? actor.userId : '';
    const user = (await this.users.byIds([userId])).get(userId);
    if (!user) throw DomainError.notFound('user');
    return user.email;
  }
}
