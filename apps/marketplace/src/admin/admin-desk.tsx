import type { ComponentChildren } from 'preact';
import type { PageFrameData } from '../http/index.js';
import { type DeskGroup, DeskShell, type IconName } from '../ui/index.js';

const pages = [
  ['overview', '/admin', 'Overview', 'chart'],
  ['sellers', '/admin/sellers', 'Sellers', 'users'],
  ['orders', '/admin/orders', 'Orders', 'receipt'],
  ['refunds', '/admin/refunds', 'Refunds', 'refund'],
  ['payouts', '/admin/payouts', 'Payouts', 'payout'],
  ['fees', '/admin/fees', 'Fees', 'percent'],
  ['promotions', '/admin/promotions', 'Promotions', 'tag'],
  ['books', '/admin/books', 'Books', 'book'],
  ['events', '/admin/events', 'Events', 'inbox'],
  ['audit', '/admin/audit', 'Audit log', 'shield'],
] as const satisfies readonly (readonly [string, string, string, IconName])[];

export type AdminPage = (typeof pages)[number][0];

type AdminDeskProps = {
  frame: PageFrameData;
  current: AdminPage;
  title: string;
  subtitle?: ComponentChildren;
  badge?: ComponentChildren;
  breadcrumbs?: ComponentChildren;
  action?: ComponentChildren;
  /** How many wait for someone, by page. */
  counts?: Partial<Record<AdminPage, number>>;
  children: ComponentChildren;
};

/** A page of the admin desk; routes that draw it are @AdminOnly(), so there is a viewer. */
export const AdminDesk = ({ frame, current, counts, ...page }: AdminDeskProps) => {
  const items: DeskGroup['items'] = pages.map(([name, href, label, icon]) => ({
    href,
    label,
    icon,
    current: name === current,
    ...(counts?.[name] && { count: counts[name] }),
  }));
  const viewer = frame.viewer ?? { name: 'Admin', sellers: [], isAdmin: true };
  return <DeskShell {...frame} {...page} viewer={viewer} desk="Admin" groups={[{ items }]} />;
};
