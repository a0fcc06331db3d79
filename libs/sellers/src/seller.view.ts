import type { CapabilityStatus, StoredRequirement } from './account-picture.js';
import { capabilityReason, type RequirementView, tellRequirements } from './requirement.rules.js';
import type { Stage } from './selling.rules.js';

/** A seller as everybody else sees it. */
export interface SellerView {
  readonly id: string;
  readonly name: string;
  /** The address of the shop: /shop/:slug. */
  readonly slug: string;
  readonly description: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  /** What the shop prices in by default, lower case. */
  readonly currency: string;
  readonly canSell: boolean;
  readonly stage: Stage;
  readonly transfersActive: boolean;
  /** Why not; null where Stripe gives no reason. */
  readonly transfersReason: string | null;
  readonly payoutsActive: boolean;
  readonly payoutsReason: string | null;
  readonly requirements: readonly RequirementView[];
  /** The account in use; null before the first and after the last one ended. */
  readonly stripeAccount: string | null;
  /** Once true, Stripe's pages update details instead of collecting them for the first time. */
  readonly everActive: boolean;
  /** When Stripe was asked last. */
  readonly checkedAt: Date | null;
  readonly suspended: { readonly at: Date; readonly reason: string } | null;
  readonly createdAt: Date;
}

export interface SellerRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly country: string;
  readonly currency: string;
  readonly can_sell: boolean;
  readonly stage: Stage;
  readonly suspended_at: Date | null;
  readonly suspended_reason: string | null;
  readonly created_at: Date;
  readonly stripe_account: string | null;
  readonly transfers: CapabilityStatus | null;
  readonly transfers_reason: string | null;
  readonly payouts: CapabilityStatus | null;
  readonly payouts_reason: string | null;
  readonly requirements: readonly StoredRequirement[] | null;
  readonly activated_at: Date | null;
  readonly asked_at: Date | null;
}

/** Reads `SellerRow`s; a WHERE on `s` (the seller) or `a` (its current account) follows. */
export const selectSellers = `
  select s.id, s.name, s.slug, s.description, s.country, s.currency, s.can_sell, s.stage, s.suspended_at,
    s.suspended_reason, s.created_at, a.stripe_account, a.transfers, a.transfers_reason, a.payouts, a.payouts_reason,
    a.requirements, a.activated_at, a.asked_at
  from sellers.sellers s left join sellers.connected_accounts a on a.seller_id = s.id and a.current`;

export function viewOf(row: SellerRow): SellerView {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    country: row.country,
    currency: row.currency,
    canSell: row.can_sell,
    stage: row.stage,
    transfersActive: row.transfers === 'active',
    transfersReason: capabilityReason(row.transfers_reason),
    payoutsActive: row.payouts === 'active',
    payoutsReason: capabilityReason(row.payouts_reason),
    requirements: tellRequirements(row.requirements ?? []),
    stripeAccount: row.stripe_account,
    everActive: row.activated_at !== null,
    checkedAt: row.asked_at,
    suspended: row.suspended_at ? { at: row.suspended_at, reason: row.suspended_reason ?? '' } : null,
    createdAt: row.created_at,
  };
}
