import type Stripe from 'stripe';
import { missing } from '../engine/errors.js';
import { listFrom } from '../http/lists.js';
import { bool, object, paging, required, str, type Param } from '../http/params.js';
import { route } from '../http/route.js';
import { COMPONENTS, createAccountSession } from '../verbs/account-sessions.js';
import { COUNTRY_CODES, countrySpec } from '../verbs/country-specs.js';
import { identity, link } from './account-params.js';

type Person = Stripe.Person;
type Capability = Stripe.Capability;

const platformOnly = { platformOnly: true };
const roles = ['authorizer', 'director', 'executive', 'legal_guardian', 'owner', 'representative'] as const;
const person = { ...identity, nationality: str };

const component = object({ enabled: required(bool), features: { type: 'map', of: bool } });
const components = object(Object.fromEntries(COMPONENTS.map((name): [string, Param] => [name, component])));

/** What belongs to an account: capabilities, people, and the ways that lead its owner to Stripe's pages. */
export const accountParts = [
  route<Stripe.AccountListCapabilitiesParams, Stripe.ApiList<Capability>>(
    'GET',
    '/v1/accounts/:id/capabilities',
    {},
    (call) => ({
      object: 'list',
      data: call.engine.accountsV1.capabilities(call.ids['id']!),
      has_more: false,
      url: call.path,
    }),
  ),
  route<Stripe.AccountRetrieveCapabilityParams, Capability>(
    'GET',
    '/v1/accounts/:id/capabilities/:capability',
    {},
    ({ engine, ids }) => engine.accountsV1.capability(ids['id']!, ids['capability']!),
  ),
  route<Stripe.AccountUpdateCapabilityParams, Capability>(
    'POST',
    '/v1/accounts/:id/capabilities/:capability',
    { requested: required(bool) },
    ({ engine, ids }, { requested = false }) =>
      engine.accountsV1.requestCapability(ids['id']!, ids['capability']!, requested),
  ),
  route<Stripe.AccountCreatePersonParams, Person>(
    'POST',
    '/v1/accounts/:id/persons',
    person,
    ({ engine, ids }, params) => engine.persons.create(ids['id']!, params),
  ),
  route<Stripe.AccountListPersonsParams, Stripe.ApiList<Person>>(
    'GET',
    '/v1/accounts/:id/persons',
    { ...paging, relationship: object(Object.fromEntries(roles.map((role) => [role, bool]))) },
    (call, params) => {
      const wanted = roles.filter((role) => params.relationship?.[role] !== undefined);
      const fits = ({ relationship }: Person) =>
        wanted.every((role) => relationship?.[role] === params.relationship![role]);
      return listFrom(call, call.engine.persons.all(call.ids['id']!).filter(fits), params);
    },
  ),
  route<Stripe.AccountRetrievePersonParams, Person>(
    'GET',
    '/v1/accounts/:id/persons/:person',
    {},
    ({ engine, ids }) => engine.persons.need(ids['id']!, ids['person']!),
  ),
  route<Stripe.AccountUpdatePersonParams, Person>(
    'POST',
    '/v1/accounts/:id/persons/:person',
    person,
    ({ engine, ids }, params) => engine.persons.update(ids['id']!, ids['person']!, params),
  ),
  route<Stripe.AccountDeletePersonParams, Stripe.DeletedPerson>(
    'DELETE',
    '/v1/accounts/:id/persons/:person',
    {},
    ({ engine, ids }) => engine.persons.delete(ids['id']!, ids['person']!),
  ),
  route<Stripe.AccountLinkCreateParams, Stripe.AccountLink>(
    'POST',
    '/v1/account_links',
    link,
    ({ engine }, params) => engine.accountLinks.createV1(params),
    platformOnly,
  ),
  route<Stripe.AccountSessionCreateParams, Stripe.AccountSession>(
    'POST',
    '/v1/account_sessions',
    { account: required(str), components: required(components) },
    ({ engine }, params) => createAccountSession(engine, params),
    platformOnly,
  ),
  route<Stripe.CountrySpecListParams, Stripe.ApiList<Stripe.CountrySpec>>(
    'GET',
    '/v1/country_specs',
    paging,
    (call, params) =>
      listFrom(
        call,
        COUNTRY_CODES.map((code) => countrySpec(code)!),
        params,
      ),
  ),
  route<Stripe.CountrySpecRetrieveParams, Stripe.CountrySpec>(
    'GET',
    '/v1/country_specs/:id',
    {},
    ({ ids }) => {
      const spec = countrySpec(ids['id']!);
      if (!spec) throw missing('country_spec', ids['id']!);
      return spec;
    },
  ),
];
