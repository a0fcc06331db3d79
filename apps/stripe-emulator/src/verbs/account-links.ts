import type Stripe from 'stripe';
import type { AccountLinkRecord, OnboardingSession } from '../engine/account-record.js';
import { SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid, lacking } from '../engine/errors.js';

/** Stripe says "a few minutes". */
const LINK_LIFE = 300 * SECOND;

export type Visit =
  | { outcome: 'opened'; session: OnboardingSession }
  /** Used before, or too old: the seller goes to the platform's refresh URL. */
  | { outcome: 'refresh'; url: string }
  | { outcome: 'unknown' };

/** Links that lead a seller to Stripe's own pages: onboarding, once; the Express dashboard, for some minutes. */
export class AccountLinks {
  constructor(private readonly engine: Engine) {}

  create(params: Stripe.V2.Core.AccountLinkCreateParams): Stripe.V2.Core.AccountLink {
    const { engine } = this;
    const record = engine.accounts.need(params.account);
    if (record.closed) throw invalid('This account is closed.', { code: 'account_closed', param: 'account' });
    const { type } = params.use_case;
    const details = params.use_case.account_onboarding ?? params.use_case.account_update;
    if (!details || (type !== 'account_onboarding' && type !== 'account_update')) {
      throw lacking('use_case.account_onboarding');
    }
    // docs.stripe.com/api/account_links/create: only for accounts without a dashboard that Stripe hosts.
    if (type === 'account_update' && record.dashboard !== 'none') {
      throw invalid(
        `You cannot create account_update links for ${record.id}: its owner updates it in a Stripe-hosted dashboard.`,
        { param: 'use_case.type' },
      );
    }
    const link = this.make(record.id, type, details.refresh_url, details.return_url);
    return {
      object: 'v2.core.account_link',
      account: record.id,
      created: engine.clock.iso(),
      expires_at: new Date(link.expires_at).toISOString(),
      livemode: engine.livemode,
      url: this.urlOf(link),
      use_case: params.use_case as Stripe.V2.Core.AccountLink.UseCase,
    };
  }

  createV1(params: Stripe.AccountLinkCreateParams): Stripe.AccountLink {
    const record = this.engine.accounts.reach(params.account);
    if (record.closed) throw invalid('This account is closed.', { code: 'account_closed', param: 'account' });
    for (const param of ['refresh_url', 'return_url'] as const) {
      if (!params[param]) throw lacking(param);
    }
    if (params.type === 'account_update' && record.requirement_collection === 'stripe') {
      throw invalid(
        'You cannot create `account_update` links for accounts whose requirements Stripe collects.',
        {
          param: 'type',
        },
      );
    }
    const link = this.make(record.id, params.type, params.refresh_url!, params.return_url);
    const expires_at = Math.floor(link.expires_at / SECOND);
    return {
      object: 'account_link',
      created: this.engine.clock.seconds(),
      expires_at,
      url: this.urlOf(link),
    };
  }

  private make(account: string, type: string, refresh_url: string, return_url?: string): AccountLinkRecord {
    const { engine } = this;
    return engine.store.insert('account_link', '', {
      id: engine.ids.next('link').slice(5),
      account,
      expires_at: engine.clock.now() + LINK_LIFE,
      used: false,
      use_case: type as AccountLinkRecord['use_case'],
      refresh_url,
      return_url: return_url ?? null,
    });
  }

  private urlOf({ account, id }: AccountLinkRecord): string {
    return `${this.engine.baseUrl}/setup/e/${account}/${id}`;
  }

  /** Opens a link, once. The session it begins lives on until the seller leaves. */
  visit(account: string, token: string): Visit {
    const { engine } = this;
    const link = engine.store.get('account_link', '', token);
    if (!link || link.account !== account) return { outcome: 'unknown' };
    if (link.used || link.expires_at <= engine.clock.now())
      return { outcome: 'refresh', url: link.refresh_url };
    engine.store.update('account_link', '', token, { used: true });
    const session = engine.store.insert('onboarding', '', {
      id: engine.ids.next('link').slice(5),
      account,
      refresh_url: link.refresh_url,
      return_url: link.return_url,
      finished: false,
    });
    return { outcome: 'opened', session };
  }

  createLoginLink(accountId: string): Stripe.LoginLink {
    const { engine } = this;
    const record = engine.accounts.need(accountId);
    if (record.dashboard !== 'express') {
      throw invalid(`Cannot create a login link for an account that has no Express dashboard.`, {
        param: 'account',
      });
    }
    if (!record.details_submitted) {
      throw invalid('Cannot create a login link for an account that has not completed onboarding.', {
        param: 'account',
      });
    }
    const token = engine.store.insert('login_token', '', {
      id: engine.ids.next('link').slice(5),
      account: accountId,
      expires_at: engine.clock.now() + LINK_LIFE,
    });
    return {
      object: 'login_link',
      created: engine.clock.seconds(),
      url: `${engine.baseUrl}/express/${accountId}/${token.id}`,
    };
  }

  /** Whether a token opens this account's Express dashboard now. */
  opensDashboard(accountId: string, token: string): boolean {
    const found = this.engine.store.get('login_token', '', token);
    return found !== undefined && found.account === accountId && found.expires_at > this.engine.clock.now();
  }
}
