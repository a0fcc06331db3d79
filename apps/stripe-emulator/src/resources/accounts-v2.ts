import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { listV2 } from '../http/lists.js';
import {
  any,
  bool,
  email,
  int,
  list,
  metadata,
  object,
  oneOf,
  required,
  str,
  url,
  type Param,
} from '../http/params.js';
import { route, type Call } from '../http/route.js';

type Account = Stripe.V2.Core.Account;
type List = Stripe.V2.Core.AccountListParams & { page?: string };

const include = list(
  oneOf(
    'configuration.customer',
    'configuration.merchant',
    'configuration.recipient',
    'defaults',
    'future_requirements',
    'identity',
    'requirements',
  ),
);

const address = object({
  city: str,
  country: str,
  line1: str,
  line2: str,
  postal_code: str,
  state: str,
  town: str,
});
const idNumbers = list(object({ type: required(str), value: required(str), registrar: str }));
const acceptance = object({ date: required(str), ip: required(str), user_agent: str });

const identity = object({
  attestations: object({ terms_of_service: object({ account: acceptance }) }),
  business_details: object({
    address,
    id_numbers: idNumbers,
    phone: str,
    registered_name: str,
    structure: str,
  }),
  country: str,
  entity_type: oneOf('company', 'government_entity', 'individual', 'non_profit'),
  individual: object({
    address,
    date_of_birth: object({
      day: required(int(1, 31)),
      month: required(int(1, 12)),
      year: required(int(1900, 2100)),
    }),
    email,
    given_name: str,
    id_numbers: idNumbers,
    nationalities: list(str),
    phone: str,
    relationship: any,
    surname: str,
  }),
});

const requested = object({ requested: required(bool) });
const recipient = { capabilities: object({ stripe_balance: object({ stripe_transfers: requested }) }) };

const merchant = { capabilities: object({ card_payments: requested }) };

const defaults = {
  currency: str,
  locales: list(str),
  profile: object({ business_url: str, doing_business_as: str, product_description: str }),
  responsibilities: object({
    fees_collector: oneOf('application', 'stripe'),
    losses_collector: oneOf('application', 'stripe'),
  }),
};

const common = {
  contact_email: email,
  contact_phone: str,
  dashboard: oneOf('express', 'full', 'none'),
  defaults: object(defaults),
  display_name: str,
  identity,
  include,
  metadata,
} satisfies Record<string, Param>;

const onboarding = object({
  collection_options: object({
    fields: oneOf('currently_due', 'eventually_due'),
    future_requirements: oneOf('include', 'omit'),
  }),
  refresh_url: required(url),
  return_url: url,
});

const platformOnly = { platformOnly: true };

/** An account of this platform that has not been taken away from it. */
function find(call: Call) {
  return call.engine.accounts.reach(call.ids['id']!, 'id');
}

export const accountsV2 = [
  route<Stripe.V2.Core.AccountCreateParams, Account>(
    'POST',
    '/v2/core/accounts',
    { ...common, configuration: object({ merchant: object(merchant), recipient: object(recipient) }) },
    ({ engine }, params) => engine.accounts.v2(engine.accounts.create(params), params.include),
    platformOnly,
  ),
  route<List, Stripe.V2List<Account>>(
    'GET',
    '/v2/core/accounts',
    {
      applied_configurations: list(oneOf('customer', 'merchant', 'recipient')),
      closed: bool,
      limit: int(1, 100),
      page: str,
    },
    (call, params) => {
      const { accounts } = call.engine;
      const wanted = params.applied_configurations ?? [];
      const index = { name: 'closed', values: [params.closed ? 'closed' : 'open'] };
      const filter = (record: AccountRecord) => {
        const { applied_configurations: applied } = accounts.v2(record);
        return !record.deauthorized && wanted.every((one) => applied.includes(one));
      };
      return listV2(call, 'account', '', params, { index, filter }, (record) => accounts.v2(record));
    },
    platformOnly,
  ),
  route<Stripe.V2.Core.AccountRetrieveParams, Account>(
    'GET',
    '/v2/core/accounts/:id',
    { include },
    (call, params) => call.engine.accounts.v2(find(call), params.include),
    platformOnly,
  ),
  route<Stripe.V2.Core.AccountUpdateParams, Account>(
    'POST',
    '/v2/core/accounts/:id',
    {
      ...common,
      configuration: object({
        merchant: object({ ...merchant, applied: bool }),
        recipient: object({ ...recipient, applied: bool }),
      }),
    },
    (call, params) =>
      call.engine.accounts.v2(call.engine.accounts.update(find(call).id, params), params.include),
    platformOnly,
  ),
  route<Stripe.V2.Core.AccountCloseParams, Account>(
    'POST',
    '/v2/core/accounts/:id/close',
    { applied_configurations: list(oneOf('customer', 'merchant', 'recipient')) },
    (call, params) => {
      const { accounts } = call.engine;
      return accounts.v2(accounts.close(find(call).id, params.applied_configurations));
    },
    platformOnly,
  ),
  route<Stripe.V2.Core.AccountLinkCreateParams, Stripe.V2.Core.AccountLink>(
    'POST',
    '/v2/core/account_links',
    {
      account: required(str),
      use_case: required(
        object({
          account_onboarding: onboarding,
          account_update: onboarding,
          type: required(oneOf('account_onboarding', 'account_update')),
        }),
      ),
    },
    ({ engine }, params) => engine.accountLinks.create(params),
    platformOnly,
  ),
];
