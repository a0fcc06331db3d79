import type Stripe from 'stripe';

type Person = Stripe.Person;
type PersonV2 = Stripe.V2.Core.AccountPerson;
/** The SDK names the parameters of nested v2 resources only by their methods. */
export type PersonMethods = Stripe['v2']['core']['accounts']['persons'];
type Params = NonNullable<Parameters<PersonMethods['create']>[1]>;

/** A person as v2 shows it: what is unknown is absent. `livemode` comes from whoever shows it. */
export function personV2(person: Person, updated: string, livemode: boolean): PersonV2 {
  const { address, dob, relationship } = person;
  return {
    id: person.id,
    object: 'v2.core.account_person',
    account: person.account,
    ...(address && { address: known(address) }),
    created: new Date(person.created * 1000).toISOString(),
    ...(dob?.year && { date_of_birth: dob as PersonV2['date_of_birth'] & object }),
    ...(person.email && { email: person.email }),
    ...(person.first_name && { given_name: person.first_name }),
    ...(person.id_number_provided && { id_numbers: [{ type: 'us_ssn_last_4' }] }),
    ...(person.gender && { legal_gender: person.gender }),
    livemode,
    metadata: person.metadata ?? {},
    ...(person.nationality && { nationalities: [person.nationality] }),
    ...(person.phone && { phone: person.phone }),
    ...(person.political_exposure && { political_exposure: person.political_exposure }),
    ...(relationship && { relationship: relationshipV2(relationship) }),
    ...(person.last_name && { surname: person.last_name }),
    updated,
  };
}

function relationshipV2({
  percent_ownership,
  ...rest
}: Stripe.Person.Relationship): PersonV2['relationship'] & object {
  return {
    ...known(rest),
    // The SDK makes a decimal of what is text on the wire.
    ...(percent_ownership !== null && { percent_ownership: String(percent_ownership) as never }),
  };
}

/** The same wish in the words of v1. */
export function paramsV1(params: Params): Stripe.AccountCreatePersonParams {
  const {
    given_name,
    surname,
    date_of_birth,
    legal_gender,
    nationalities,
    id_numbers,
    relationship,
    ...same
  } = params;
  const { percent_ownership, ...roles } = relationship ?? {};
  return {
    ...(same as Stripe.AccountCreatePersonParams),
    ...(given_name && { first_name: given_name }),
    ...(surname && { last_name: surname }),
    ...(date_of_birth && { dob: date_of_birth }),
    ...(legal_gender && { gender: legal_gender }),
    ...(nationalities?.[0] && { nationality: nationalities[0] }),
    ...(id_numbers?.[0] && { id_number: id_numbers[0].value }),
    ...(relationship && {
      relationship: {
        ...roles,
        ...(percent_ownership !== undefined && { percent_ownership: Number(String(percent_ownership)) }),
      },
    }),
  };
}

function known<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], null> } {
  const kept = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], null> };
}
