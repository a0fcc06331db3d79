import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { DomainError } from '#kernel';
import { Transactions } from '#platform';
import {
  type Attempt,
  type CallOptions,
  classify,
  inOurTerms,
  isOutOfReach,
  StripeApi,
  StripeObject,
  type StripeObjectOwner,
  type StripeRef,
  type StripeRefusal,
  type StripeWrite,
  StripeWriteKind,
} from '#stripe';
import type { AccountPicture } from './account-picture.js';
import { accountParts, SELLER_KEY, stateOf } from './account-picture.stripe.js';
import { ConnectedAccounts } from './connected-accounts.js';

type Account = Stripe.V2.Core.Account;
export type AccountRequest = Stripe.V2.Core.AccountCreateParams;

/** What is asked of Stripe for a seller: be paid by transfers, sell nothing by themselves, owe nobody but us. */
export function accountRequest(seller: {
  id: string;
  name: string;
  country: string;
  contactEmail: string;
}): AccountRequest {
  return {
    contact_email: seller.contactEmail,
    display_name: seller.name,
    dashboard: 'express',
    identity: { country: seller.country.toLowerCase() },
    defaults: { responsibilities: { fees_collector: 'application', losses_collector: 'application' } },
    configuration: {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
    metadata: { [SELLER_KEY]: seller.id },
    include: accountParts,
  };
}

@StripeWriteKind('account.create')
@Injectable()
export class CreateAccount implements StripeWrite<AccountRequest, Account> {
  constructor(
    private readonly stripe: StripeApi,
    private readonly accounts: ConnectedAccounts,
  ) {}

  call(request: AccountRequest, options: CallOptions): Promise<Account> {
    return this.stripe.sdk.v2.core.accounts.create(request, options);
  }

  async record(account: Account, attempt: Attempt<AccountRequest>): Promise<void> {
    await this.accounts.record({ id: account.id, askedAt: attempt.opened_at, state: stateOf(account) });
  }

  async refused(refusal: StripeRefusal, attempt: Attempt<AccountRequest>): Promise<void> {
    await this.accounts.refused(attempt.subject_id, refusal.message);
  }

  /** Accounts can't be searched, so those made since the attempt are looked through; only a lost answer comes here. */
  async find(attempt: Attempt<AccountRequest>): Promise<Account | null> {
    const { accounts } = this.stripe.sdk.v2.core;
    const since = attempt.opened_at.getTime() - 60_000;
    for await (const account of accounts.list({ applied_configurations: ['recipient'], limit: 20 })) {
      const ours = account.metadata?.[SELLER_KEY] === attempt.subject_id;
      if (ours && Date.parse(account.created) >= since)
        return accounts.retrieve(account.id, { include: accountParts });
    }
    return null;
  }
}

/** Every event about an account ends here, whatever it was about: the account is asked for and taken in as a whole. */
@StripeObject({
  object: 'account',
  idFrom: 'account',
  events: {
    accounts: [
      'account.updated',
      'account.application.deauthorized',
      'account.external_account.created',
      'account.external_account.updated',
      'account.external_account.deleted',
      'capability.updated',
    ],
    accounts_thin: [
      'v2.core.account.updated',
      'v2.core.account.closed',
      'v2.core.account[requirements].updated',
      'v2.core.account[configuration.recipient].updated',
      'v2.core.account[configuration.recipient].capability_status_updated',
    ],
  },
})
@Injectable()
export class AccountObject implements StripeObjectOwner<AccountPicture> {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly accounts: ConnectedAccounts,
  ) {}

  async fetch({ id }: StripeRef): Promise<AccountPicture> {
    const [clock] = await this.transactions.query<{ now: Date }>(`select clock_timestamp() as now`);
    try {
      const account = await this.stripe.sdk.v2.core.accounts.retrieve(id, { include: accountParts });
      return { id, askedAt: clock!.now, state: stateOf(account) };
    } catch (error) {
      if (!isGone(error)) throw error;
      return { id, askedAt: clock!.now, state: { kind: 'deauthorized' } };
    }
  }

  async record(picture: AccountPicture): Promise<void> {
    await this.transactions.run(() => this.accounts.record(picture));
  }

  pending(limit: number): Promise<StripeRef[]> {
    return this.accounts.toLookAt(limit);
  }
}

/** After a deauthorisation Stripe answers as if the account did not exist for us (docs.stripe.com/error-codes). */
function isGone(error: unknown): boolean {
  return isOutOfReach(error) || (error instanceof Stripe.errors.StripeError && error.statusCode === 404);
}

/** Stripe's own pages for a seller. Links are single-use and live for minutes: made when somebody is about to follow one. */
@Injectable()
export class AccountPages {
  constructor(private readonly stripe: StripeApi) {}

  /**
   * Asks for what is missing, the first time and whenever Stripe wants more. Its other kind, `account_update`, is only for
   * accounts without a dashboard of Stripe's own (docs.stripe.com/api/account_links/create).
   */
  async onboarding(account: string, pages: { returnUrl: string; refreshUrl: string }): Promise<string> {
    return urlFrom(
      this.stripe.sdk.v2.core.accountLinks.create({
        account,
        use_case: {
          type: 'account_onboarding',
          account_onboarding: {
            return_url: pages.returnUrl,
            refresh_url: pages.refreshUrl,
            collection_options: { fields: 'eventually_due' },
          },
        },
      }),
    );
  }

  /** The Express dashboard: balance, payouts, bank account. */
  async dashboard(account: string): Promise<string> {
    return urlFrom(this.stripe.sdk.accounts.createLoginLink(account));
  }
}

/** Throws `stripe_refused` with Stripe's own sentence, or `stripe_unavailable`. */
async function urlFrom(asked: Promise<{ url: string }>): Promise<string> {
  try {
    return (await asked).url;
  } catch (error) {
    if (classify(error) !== 'refused') throw inOurTerms(error);
    throw new DomainError('stripe_refused', 'conflict', `Stripe said no: ${(error as Error).message}`);
  }
}
