import type { ComponentChildren } from 'preact';
import type { AccountRecord } from '../../engine/account-record.js';
import type { Engine } from '../../engine/engine.js';
import { Desk } from '../ui/desk.js';
import type { Filter } from '../ui/filters.js';

const NAV = [
  { href: '/', label: 'Overview', icon: 'home' as const },
  { href: '/dashboard/accounts', label: 'Accounts', icon: 'users' as const },
  { href: '/dashboard/payments', label: 'Payments', icon: 'card' as const },
  { href: '/dashboard/payouts', label: 'Payouts', icon: 'payout' as const },
  { href: '/dashboard/disputes', label: 'Disputes', icon: 'shield' as const },
  { href: '/dashboard/events', label: 'Events', icon: 'inbox' as const },
  { href: '/dashboard/deliveries', label: 'Deliveries', icon: 'send' as const },
  { href: '/dashboard/requests', label: 'Request log', icon: 'list' as const },
  { href: '/dashboard/clock', label: 'Clock', icon: 'clock' as const },
  { href: '/dashboard/faults', label: 'Faults', icon: 'bolt' as const },
];

/** A page of the platform's dashboard. @param current its address in the side bar */
export const Frame = (props: {
  current: string;
  heading: string;
  lead?: ComponentChildren;
  action?: ComponentChildren;
  back?: { href: string; label: string };
  children: ComponentChildren;
}) => <Desk {...props} name="Stripe emulator" nav={NAV} />;

/** An account by its name, where it has one. */
export function AccountLink({ engine, id }: { engine: Engine; id: string }) {
  const record = engine.store.get('account', '', id);
  const name = record && nameOf(record);
  return (
    <a href={`/dashboard/accounts/${id}`} class={name ? undefined : 'mono'}>
      {name ?? id}
    </a>
  );
}

export const nameOf = (record: AccountRecord): string | null => record.display_name ?? record.contact_email;

/** Every account, for a filter. */
export function accountFilter(engine: Engine, label: string, value: string | undefined): Filter {
  const options = [...engine.store.all('account', '')].map((record) => ({
    value: record.id,
    label: nameOf(record) ?? record.id,
  }));
  const known = options.some((option) => option.value === value);
  return { name: 'account', label, any: 'All accounts', options, value: known ? value : undefined };
}
