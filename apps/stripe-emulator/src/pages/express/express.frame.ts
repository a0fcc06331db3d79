import type { AccountRecord } from '../../engine/account-record.js';
import type { Engine } from '../../engine/engine.js';

export interface ExpressProps {
  engine: Engine;
  record: AccountRecord;
  /** Address of the dashboard, with its token. */
  base: string;
}

const nav = (base: string) => [
  { href: base, label: 'Balance', icon: 'home' as const },
  { href: `${base}/payments`, label: 'Payments', icon: 'card' as const },
  { href: `${base}/payouts`, label: 'Payouts', icon: 'payout' as const },
  { href: `${base}/bank`, label: 'Bank account', icon: 'bank' as const },
];

/** What all pages of the dashboard have. @param path which of them it is */
export function frame({ engine, record, base }: ExpressProps, path: string) {
  const href = platformUrl(engine, record.id);
  const platform = engine.accounts.need(engine.platform).display_name ?? 'the platform';
  return {
    name: record.display_name ?? 'Your account',
    nav: nav(base),
    current: `${base}${path}`,
    badge: true,
    ...(href && { back: { href, label: `Back to ${platform}` } }),
  };
}

/** The platform's site: the one that it named, or else the one that sent this seller to onboarding last. */
function platformUrl(engine: Engine, account: string): string | null {
  const named = engine.accounts.need(engine.platform).profile.business_url;
  if (named) return named;
  const links = [...engine.store.all('account_link', '')].filter((link) => link.account === account);
  const back = links.at(-1)?.return_url;
  return back ? new URL(back).origin : null;
}
