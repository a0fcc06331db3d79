import type { FastifyRequest } from 'fastify';
import { invalid } from '../engine/errors.js';
import { API_VERSION } from '../engine/events.js';
import { header } from './auth.js';

/**
 * What the platform's account speaks when a call names no version: that of an account opened in early 2023, as the command
 * line's fixtures expect. Bodies are always those of the newest version; the version decides which of the parameters dropped
 * since are still taken.
 */
export const ACCOUNT_VERSION = '2022-11-15';

/** The version that a call is made in. @throws Refusal when there is none of that name */
export function versionOf(request: FastifyRequest): string {
  const named = header(request, 'stripe-version');
  if (named === null) return ACCOUNT_VERSION;
  if (/^20\d\d-[01]\d-[0-3]\d(\.[a-z]+)?$/.test(named) && dayOf(named) <= dayOf(API_VERSION)) return named;
  throw invalid(`Invalid Stripe API version: ${named}`);
}

/** Whether a parameter may be sent in `version`: it was not dropped before. */
export function takenIn(version: string, { until }: { until?: string }): boolean {
  return until === undefined || dayOf(version) < dayOf(until);
}

/** Until then an intent that says nothing of methods was for cards alone. https://docs.stripe.com/upgrades#2023-08-16 */
export function byCardAlone<
  P extends { payment_method_types?: string[]; automatic_payment_methods?: object },
>(version: string, params: P): P {
  if (dayOf(version) >= '2023-08-16' || params.automatic_payment_methods || params.payment_method_types)
    return params;
  return { ...params, payment_method_types: ['card'] };
}

/** Versions are days with a name. */
function dayOf(version: string): string {
  return version.slice(0, 10);
}
