import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { Config, StartupError, Transactions } from '#platform';
import { StripeApi } from './stripe-api.js';

/** A database belongs to one platform account in one mode; a key of another one must never touch it. */
@Injectable()
export class PlatformAccount {
  private accountId: string | null = null;
  private homeCountry: string | null = null;
  private known: { metAt: Date | null } | null = null;

  constructor(
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
  ) {}

  /** Our own `acct_…`. Known after `assertBelongs`. */
  get id(): string {
    if (!this.accountId) throw new Error('the platform account is known only after start-up');
    return this.accountId;
  }

  get livemode(): boolean {
    return this.config.livemode;
  }

  async assertBelongs(): Promise<void> {
    const { id: account, country } = await this.ask();
    this.homeCountry = country ?? null;
    const [row] = await this.transactions.query<{ account_id: string; livemode: boolean }>(
      `insert into stripe.platform (account_id, livemode, met_at) values ($1, $2, date_trunc('second', $3::timestamptz))
       on conflict (one) do update set one = true returning account_id, livemode`,
      [account, this.config.livemode, this.stripe.now()],
    );
    if (row!.livemode !== this.config.livemode) {
      throw new StartupError(
        `This database belongs to Stripe's ${row!.livemode ? 'live' : 'test'} mode, but the key is a ${this.config.livemode ? 'live' : 'test'} key: use another DATABASE_URL or another key.`,
      );
    }
    if (row!.account_id !== account) {
      throw new StartupError(
        `This database belongs to the Stripe account ${row!.account_id}, but the key is of ${account}: use another DATABASE_URL or another key.`,
      );
    }
    this.accountId = account;
  }

  /** Where our own account is (ISO 3166-1 alpha-2, upper case): it decides which countries' sellers Stripe lets us pay. */
  async country(): Promise<string> {
    this.homeCountry ??= (await this.ask()).country ?? null;
    if (!this.homeCountry) throw new Error('Stripe does not tell the country of the platform’s account');
    return this.homeCountry;
  }

  /** Since when, by Stripe's clock, this database knows its account; null where it has always known it. */
  async metAt(): Promise<Date | null> {
    if (!this.known) {
      const [row] = await this.transactions.query<{ metAt: Date | null }>(
        `select met_at as "metAt" from stripe.platform`,
      );
      this.known = row ?? null;
    }
    return this.known?.metAt ?? null;
  }

  /** How Stripe pays the platform's own balance out: daily, weekly, monthly, or only when asked. */
  async payoutInterval(): Promise<string> {
    const { payments } = await this.stripe.sdk.balanceSettings.retrieve();
    return payments.payouts?.schedule?.interval ?? 'manual';
  }

  private async ask(): Promise<Stripe.Account> {
    const where = this.config.stripeApiBase?.host ?? 'api.stripe.com';
    try {
      return await this.stripe.sdk.accounts.retrieveCurrent();
    } catch (error) {
      if (error instanceof Stripe.errors.StripeAuthenticationError) {
        throw new StartupError(
          'Stripe refuses STRIPE_SECRET_KEY: copy the key again from the dashboard, under Developers → API keys.',
        );
      }
      throw new StartupError(
        `Stripe can't be reached at ${where} (${(error as Error).message}). Check the network and STRIPE_API_BASE.`,
      );
    }
  }
}
