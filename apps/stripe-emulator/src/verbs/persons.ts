import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { mergeV1 } from './account-v1-params.js';
import { mergeMetadata } from './metadata.js';
import { paramsV1 } from './persons-v2.js';

type Person = Stripe.Person;
type Params = Stripe.AccountCreatePersonParams;

const NOTHING_DUE = {
  alternatives: [],
  currently_due: [],
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

/** Fields that are kept as they are sent. */
const PLAIN = [
  'email',
  'first_name',
  'last_name',
  'maiden_name',
  'gender',
  'nationality',
  'phone',
  'political_exposure',
  'full_name_aliases',
] as const;

/** The people of a company: owners, directors, its representative. */
export class Persons {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: Params): Person {
    const { engine } = this;
    engine.accounts.reach(account);
    const person = blankPerson(engine.ids.next('person'), account, engine.clock.seconds());
    const stored = engine.store.insert('person', account, merge(person, params));
    this.announce('created', stored);
    return stored;
  }

  update(account: string, id: string, params: Stripe.AccountUpdatePersonParams): Person {
    const { engine } = this;
    const before = this.need(account, id);
    if (id === ownerId(account)) {
      const given = params as Stripe.AccountUpdateParams.Individual;
      engine.accounts.change(account, (record) => mergeV1(record, { individual: given }, engine.clock.now()));
    } else engine.store.update('person', account, id, merge(before, params));
    const after = this.need(account, id);
    this.announce('updated', after);
    return after;
  }

  delete(account: string, id: string): Stripe.DeletedPerson {
    const person = this.need(account, id);
    if (person.relationship?.representative)
      throw invalid(`You cannot delete ${id}: an account's representative can only be replaced.`);
    this.engine.store.remove('person', account, id);
    this.announce('deleted', person);
    return { id, object: 'person', deleted: true };
  }

  /** Newest first; the owner was there before everybody. */
  all(account: string): Person[] {
    const record = this.engine.accounts.reach(account);
    const others = [...this.engine.store.all('person', account)].reverse();
    return record.individual ? [...others, individualV1(record)] : others;
  }

  /** RFC 3339; v1 does not show it, so it is read from the events. */
  updatedAt({ account, id, created }: Person): string {
    const last = this.engine.store.page('event', account, {
      limit: 1,
      index: { name: 'type', values: ['person.updated'] },
      filter: (event) => (event.data.object as Person).id === id,
    }).data[0];
    return new Date((last?.created ?? created) * 1000).toISOString();
  }

  private announce(what: 'created' | 'updated' | 'deleted', person: Person): void {
    const { account, id } = person;
    this.engine.events.emit(account, `person.${what}`, person);
    const url = `/v2/core/accounts/${account}/persons/${id}`;
    const related = { id, type: 'v2.core.account_person', url };
    this.engine.events.emitThin(account, `v2.core.account_person.${what}`, { account_id: account }, related);
  }

  need(account: string, id: string): Person {
    const record = this.engine.accounts.reach(account);
    if (record.individual && id === ownerId(account)) return individualV1(record);
    return this.engine.store.need('person', account, id, 'person');
  }
}

/** Somebody of whom nothing is known yet. @param created Unix seconds */
function blankPerson(id: string, account: string, created: number): Person {
  return {
    id,
    object: 'person',
    account,
    additional_tos_acceptances: { account: { date: null, ip: null, user_agent: null } },
    created,
    dob: { day: null, month: null, year: null },
    email: null,
    first_name: null,
    future_requirements: NOTHING_DUE,
    id_number_provided: false,
    last_name: null,
    metadata: {},
    nationality: null,
    phone: null,
    political_exposure: 'none',
    relationship: {
      authorizer: false,
      director: false,
      executive: false,
      legal_guardian: false,
      owner: false,
      percent_ownership: null,
      representative: false,
      title: null,
    },
    requirements: NOTHING_DUE,
    ssn_last_4_provided: false,
    verification: {
      additional_document: { back: null, details: null, details_code: null, front: null },
      details: null,
      details_code: null,
      document: { back: null, details: null, details_code: null, front: null },
      status: 'unverified',
    },
  };
}

const ownerId = (account: string) => `person_${account.slice(5)}`;

/** The owner of an account that is one person's, as v1 shows it within the account. */
export function individualV1({ id, created, individual, provided }: AccountRecord): Person {
  const blank = blankPerson(ownerId(id), id, Math.floor(created / SECOND));
  const known = paramsV1(individual as Parameters<typeof paramsV1>[0]);
  return {
    ...merge(blank, { ...known, relationship: { representative: true } }),
    id_number_provided: provided.includes('id_number'),
    ssn_last_4_provided: provided.includes('id_number'),
  };
}

/** Id numbers are remembered as given, and never kept or shown. */
function merge(person: Person, params: Params): Person {
  const plain = PLAIN.filter((name) => params[name] !== undefined);
  const { address, dob, relationship, additional_tos_acceptances: terms } = params;
  const provided = params.id_number !== undefined;
  return {
    ...person,
    ...Object.fromEntries(plain.map((name) => [name, params[name] === '' ? null : params[name]])),
    ...(address && { address: { ...(person.address ?? EMPTY_ADDRESS), ...address } as Stripe.Address }),
    ...(dob !== undefined && { dob: dob || { day: null, month: null, year: null } }),
    ...(relationship && {
      relationship: {
        ...person.relationship!,
        ...relationship,
        percent_ownership: relationship.percent_ownership || person.relationship!.percent_ownership,
      },
    }),
    ...(terms?.account && {
      additional_tos_acceptances: {
        account: {
          date: terms.account.date ?? null,
          ip: terms.account.ip ?? null,
          user_agent: terms.account.user_agent || null,
        },
      },
    }),
    id_number_provided: person.id_number_provided! || provided,
    ssn_last_4_provided: person.ssn_last_4_provided! || provided || params.ssn_last_4 !== undefined,
    metadata: mergeMetadata(person.metadata ?? {}, params.metadata),
    verification: {
      ...person.verification!,
      ...(params.verification?.document && {
        document: {
          ...person.verification!.document!,
          ...params.verification.document,
        } as NonNullable<Person['verification']>['document'] & object,
        status: 'verified',
      }),
    },
  };
}

const EMPTY_ADDRESS: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};
