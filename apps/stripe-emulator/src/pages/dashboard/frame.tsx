import type { ComponentChildren } from 'preact';
import { Desk } from '../ui/desk.js';

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

export const AccountLink = ({ id, name }: { id: string; name?: string | null }) => (
  <a href={`/dashboard/accounts/${id}`} class={name ? undefined : 'mono'}>
    {name ?? id}
  </a>
);
