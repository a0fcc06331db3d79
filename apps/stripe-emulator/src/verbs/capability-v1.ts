import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { capability } from './capabilities.js';
import { outstanding } from './requirements.js';

const NOTHING = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

/** Whether v1 calls a capability active: all of them hang on the same requirements. */
export function isActive(record: AccountRecord, name: string, now: number): boolean {
  if (name === 'legacy_payments') return record.legacy_payments && !record.closed && !record.restricted;
  return (
    requestedAt(record, name) !== null && capability(record, 'stripe_transfers', now).status === 'active'
  );
}

/** Unix seconds, or null when nobody asked for it. */
export function requestedAt(record: AccountRecord, name: string): number | null {
  if (name === 'transfers' && record.recipient?.requested.includes('stripe_transfers'))
    return record.capabilities['transfers'] ?? Math.floor(record.created / 1000);
  return record.capabilities[name] ?? null;
}

export function accountCapability(record: AccountRecord, name: string, now: number): Stripe.Capability {
  const asked = requestedAt(record, name);
  const active = isActive(record, name, now);
  const due = asked === null ? [] : outstanding(record, now).map((item) => item.requirement.v1);
  return {
    id: name,
    object: 'capability',
    account: record.id,
    future_requirements: NOTHING,
    requested: asked !== null,
    requested_at: asked,
    requirements: {
      ...NOTHING,
      currently_due: due,
      eventually_due: due,
      past_due: active ? [] : due,
      disabled_reason: active || asked === null ? null : 'requirements.fields_needed',
    },
    status: asked === null ? 'unrequested' : active ? 'active' : 'inactive',
  };
}
