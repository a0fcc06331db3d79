import type { ComponentChildren } from 'preact';
import type { PageFrameData } from '../http/index.js';
import { DeskShell, type DeskGroup, type IconName } from '../ui/index.js';

export type SellerPlace = 'overview' | 'listings' | 'orders' | 'payouts' | 'balance' | 'settings';

const places: readonly { place: SellerPlace; path: string; label: string; icon: IconName }[] = [
  { place: 'overview', path: '', label: 'Overview', icon: 'home' },
  { place: 'listings', path: '/listings', label: 'Listings', icon: 'tag' },
  { place: 'orders', path: '/orders', label: 'Orders', icon: 'receipt' },
  { place: 'payouts', path: '/payouts', label: 'Payouts', icon: 'payout' },
  { place: 'balance', path: '/balance', label: 'Balance', icon: 'bank' },
  { place: 'settings', path: '/settings', label: 'Settings', icon: 'settings' },
];

type Props = {
  frame: PageFrameData;
  seller: { readonly id: string; readonly name: string };
  current: SellerPlace;
  title: string;
  subtitle?: ComponentChildren;
  badge?: ComponentChildren;
  breadcrumbs?: ComponentChildren;
  action?: ComponentChildren;
  children: ComponentChildren;
};

/** A page of one shop's desk; `current` is where it is in the side bar. */
export const SellerDesk = ({ frame, seller, current, ...page }: Props) => {
  const items: DeskGroup['items'] = places.map(({ place, path, label, icon }) => ({
    href: `/seller/${seller.id}${path}`,
    label,
    icon,
    current: place === current,
  }));
  return (
    <DeskShell
      {...frame}
      {...page}
      viewer={frame.viewer ?? { name: '', sellers: [], isAdmin: false }}
      desk={seller.name}
      groups={[{ items }]}
    />
  );
};
