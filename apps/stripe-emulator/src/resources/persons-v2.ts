import type Stripe from 'stripe';
import { listV2 } from '../http/lists.js';
import { email, int, list, metadata, object, oneOf, required, str } from '../http/params.js';
import { route, type Call } from '../http/route.js';
import { paramsV1, personV2, type PersonMethods } from '../verbs/persons-v2.js';
import { address, relationship } from './account-params.js';

type Person = Stripe.V2.Core.AccountPerson;
type Create = NonNullable<Parameters<PersonMethods['create']>[1]>;
type Update = NonNullable<Parameters<PersonMethods['update']>[2]>;
type List = NonNullable<Parameters<PersonMethods['list']>[1]>;
type Nothing = Record<string, never>;

const platformOnly = { platformOnly: true };
const path = '/v2/core/accounts/:id/persons';

const person = {
  address,
  date_of_birth: object({
    day: required(int(1, 31)),
    month: required(int(1, 12)),
    year: required(int(1900, 2100)),
  }),
  email,
  given_name: str,
  id_numbers: list(object({ type: required(str), value: required(str) })),
  legal_gender: oneOf('female', 'male'),
  metadata,
  nationalities: list(str),
  phone: str,
  political_exposure: oneOf('existing', 'none'),
  relationship,
  surname: str,
};

const shown = ({ engine }: Call, found: Stripe.Person): Person =>
  personV2(found, engine.persons.updatedAt(found), engine.livemode);

/** The people of an account as v2 knows them: the same as v1's. */
export const personsV2 = [
  route<Create, Person>(
    'POST',
    path,
    person,
    (call, params) => shown(call, call.engine.persons.create(call.ids['id']!, paramsV1(params))),
    platformOnly,
  ),
  route<List & { page?: string }, Stripe.V2List<Person>>(
    'GET',
    path,
    { limit: int(1, 100), page: str },
    (call, params) => {
      const { id } = call.engine.accounts.reach(call.ids['id']!, 'id');
      return listV2(call, 'person', id, params, {}, (found) => shown(call, found));
    },
    platformOnly,
  ),
  route<Nothing, Person>(
    'GET',
    `${path}/:person`,
    {},
    (call) => shown(call, call.engine.persons.need(call.ids['id']!, call.ids['person']!)),
    platformOnly,
  ),
  route<Update, Person>(
    'POST',
    `${path}/:person`,
    person,
    (call, params) =>
      shown(
        call,
        call.engine.persons.update(call.ids['id']!, call.ids['person']!, paramsV1(params as Create)),
      ),
    platformOnly,
  ),
  route<Nothing, Stripe.V2.DeletedObject>(
    'DELETE',
    `${path}/:person`,
    {},
    ({ engine, ids }) => {
      const { id } = engine.persons.delete(ids['id']!, ids['person']!);
      return { id, object: 'v2.core.account_person' };
    },
    platformOnly,
  ),
];
