import type { Engine } from '../engine/engine.js';
import { invalid, Refusal } from '../engine/errors.js';
import type { Route } from './route.js';

/** By resource, as the address names it: `payment_intents`, `checkout_sessions`. Who may write may read. */
export type Permissions = Record<string, 'read' | 'write'>;

/** What a key can be given; Stripe's name of the permission where it is not the resource's own. */
const GRANTS: Record<string, string> = Object.fromEntries(
  (
    'account_links account_sessions accounts:connected_account application_fees balance balance_settings ' +
    'balance_transactions billing_portal_configurations billing_portal_sessions charges checkout_sessions ' +
    'confirmation_tokens country_specs coupons credit_notes customers disputes event_destinations events file_links files ' +
    'invoice_payments invoiceitems:invoice_item invoices mandates payment_intents payment_links ' +
    'payment_methods payment_pages payouts plans prices:plan products:plan promotion_codes quotes ' +
    'radar_early_fraud_warnings refunds setup_attempts setup_intents shipping_rates stripecli_sessions ' +
    'subscription_items subscription_schedules subscriptions tax_rates test_clocks tokens topups transfers ' +
    'webhook_endpoints'
  )
    .split(' ')
    .map((entry) => entry.split(':'))
    .map(([resource, name = resource!.replace(/s$/, '')]) => [resource!, name]),
);

/** Addresses that are about a resource of another name: v2's, and what helps tests. */
const ALIASES: Record<string, string> = {
  account: 'accounts',
  core_account_links: 'account_links',
  core_accounts: 'accounts',
  core_event_destinations: 'event_destinations',
  core_events: 'events',
  invoices_create_preview: 'invoices',
  test_helpers_confirmation_tokens: 'confirmation_tokens',
  test_helpers_customers: 'customers',
  test_helpers_refunds: 'refunds',
  test_helpers_test_clocks: 'test_clocks',
};

/** Makes a restricted key, as one does on Stripe's dashboard. Part of a verb. */
export function issueKey(engine: Engine, permissions: Permissions): string {
  const stranger = Object.keys(permissions).find((resource) => !Object.hasOwn(GRANTS, resource));
  if (stranger)
    throw invalid(`There is no permission for ${stranger}.`, { param: `permissions[${stranger}]` });
  const key = engine.ids.next(engine.livemode ? 'rk_live' : 'rk_test');
  engine.store.insert('setting', '', { id: `key:${key}`, value: permissions });
  return key;
}

/** @returns whether there is such a key; @throws Refusal 403 when it may not make this call */
export function mayCall(engine: Engine, key: string, route: Route): boolean {
  const known = engine.store.get('setting', '', `key:${key}`);
  if (!known) return false;
  const { resource, grade, name } = permissionFor(route);
  const granted = (known.value as Permissions)[resource];
  if (granted === 'write' || granted === grade) return true;
  throw new Refusal(403, {
    type: 'invalid_request_error',
    code: 'more_permissions_required',
    message: `The provided key '${key.slice(0, 8)}…' does not have the required permissions for this endpoint on account '${engine.platform}'. Having the '${name}' permission would allow this request to continue.`,
  });
}

/** What a restricted key needs for a call, and how Stripe calls that. */
export function permissionFor({ method, path }: Pick<Route, 'method' | 'path'>) {
  const named = namedBy(path);
  const resource = ALIASES[named] ?? named;
  const grade = method === 'GET' ? ('read' as const) : ('write' as const);
  const grant = GRANTS[resource];
  if (!grant) throw new Error(`No permission stands for ${method} ${path}.`);
  return { resource, grade, name: `rak_${grant}_${grade}` };
}

/** The words of a path before its first id: `/v1/checkout/sessions/:id/expire` is about `checkout_sessions`. */
function namedBy(path: string): string {
  const words = path.split('/').slice(2);
  const id = words.findIndex((word) => word.startsWith(':'));
  return (id < 0 ? words : words.slice(0, id)).filter((word) => word !== 'search').join('_');
}
