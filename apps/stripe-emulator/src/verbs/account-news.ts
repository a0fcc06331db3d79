import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { accountCapability, isActive, requestedAt } from './capability-v1.js';
import { accountV1 } from './account-v1.js';
import { accountV2 } from './account-v2.js';
import { capability, requested } from './capabilities.js';
import { outstanding } from './requirements.js';

/** An account at a moment (milliseconds): deadlines alone can change what it means. */
export interface AccountAt {
  record: AccountRecord;
  at: number;
}

/** Tells what became different about an account: v1 and v2 events, per capability too. */
export function announce(engine: Engine, before: AccountAt, after: AccountAt): void {
  const { events } = engine;
  const { id, platform } = after.record;
  if (platform) return;
  const balance = engine.payouts.settings(id);
  const is = accountV1(after.record, balance, after.at);
  const was = accountV1(before.record, balance, before.at);
  announceUpdate(engine, was, is);
  if (before.record !== after.record) events.emitThin(id, 'v2.core.account.updated');
  announceParts(engine, before.record, after.record);
  if (differ(outstanding(before.record, before.at), outstanding(after.record, after.at)))
    events.emitThin(id, 'v2.core.account[requirements].updated');
  announceCapabilities(engine, before, after);
  if (differ(before.record.recipient, after.record.recipient))
    events.emitThin(id, 'v2.core.account[configuration.recipient].updated');
}

/** Tells what became different about an account as v1 shows it. */
export function announceUpdate({ events }: Engine, was: Stripe.Account, is: Stripe.Account): void {
  if (differ(was, is)) events.emit(is.id, 'account.updated', is, was);
}

/** Which parts of the account v2 shows otherwise than before. */
function announceParts({ events, livemode }: Engine, before: AccountRecord, after: AccountRecord): void {
  // Capabilities have events of their own, so that the moment does not matter here.
  const [was, is] = [before, after].map((record) => accountV2(record, ['defaults', 'identity'], 0, livemode));
  for (const part of ['defaults', 'identity'] as const) {
    if (differ(was![part], is![part])) events.emitThin(after.id, `v2.core.account[${part}].updated`);
  }
  const isMerchant = (account: Stripe.V2.Core.Account) => account.applied_configurations.includes('merchant');
  if (isMerchant(was!) !== isMerchant(is!))
    events.emitThin(after.id, 'v2.core.account[configuration.merchant].updated');
}

function announceCapabilities({ events }: Engine, before: AccountAt, after: AccountAt): void {
  const { id } = after.record;
  for (const name of Object.keys(after.record.capabilities)) {
    if (name === 'transfers') continue;
    const had = requestedAt(before.record, name) !== null && isActive(before.record, name, before.at);
    if (requestedAt(before.record, name) === null || had !== isActive(after.record, name, after.at))
      events.emit(id, 'capability.updated', accountCapability(after.record, name, after.at));
    if (name === 'card_payments' && had !== isActive(after.record, name, after.at)) {
      events.emitThin(id, 'v2.core.account[configuration.merchant].capability_status_updated', {
        updated_capability: 'card_payments',
      });
    }
  }
  for (const name of requested(after.record)) {
    const had = requested(before.record).includes(name);
    const old = had ? capability(before.record, name, before.at).status : null;
    const { status } = capability(after.record, name, after.at);
    if (old === status) continue;
    events.emitThin(id, 'v2.core.account[configuration.recipient].capability_status_updated', {
      updated_capability: `stripe_balance.${name}`,
    });
    if (name === 'stripe_transfers')
      events.emit(id, 'capability.updated', accountCapability(after.record, 'transfers', after.at));
  }
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
