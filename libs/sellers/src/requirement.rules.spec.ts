import type { StoredRequirement } from './account-picture.js';
import {
  capabilityReason,
  requirementWords,
  tellRequirement,
  tellRequirements,
} from './requirement.rules.js';

const base: StoredRequirement = {
  description: 'identity.individual.date_of_birth',
  awaits: 'user',
  urgency: 'currently_due',
  deadline: null,
  restrictsTransfers: true,
  restrictsPayouts: true,
  problems: [],
};

describe('requirements in a seller’s words', () => {
  it.each([
    ['identity.individual.given_name', 'Your first name'],
    ['individual.last_name', 'Your last name'],
    ['identity.individual.address', 'Your home address'],
    ['identity.individual.id_numbers', 'Your national identity number'],
    ['individual.verification.document', 'A photo of your identity document'],
    ['company.verification.document', 'A document that proves your company exists'],
    ['identity.business_details.registered_name', 'Your company’s registered name'],
    ['identity.business_details.id_numbers', 'Your company’s tax number'],
    ['identity.entity_type', 'Whether you sell as a person or as a company'],
    ['defaults.payout_methods', 'A bank account for your payouts'],
    ['external_account', 'A bank account for your payouts'],
    ['identity.attestations.terms_of_service.account.date', 'Your agreement to Stripe’s terms'],
    ['defaults.profile.product_description', 'A short description of what you sell'],
    ['defaults.profile.business_url', 'Your website'],
  ])('%s', (name, words) => expect(requirementWords(name)).toBe(words));

  it('never shows Stripe’s own name of a thing, not even one we have never heard of', () => {
    expect(requirementWords('identity.wholly_new_thing')).not.toContain('_');
  });

  it('says what happens, and when', () => {
    const due = { ...base, deadline: '2027-05-12T10:00:00.000Z' };
    expect(tellRequirement(due).consequence).toBe(
      'Without it your shop closes and payouts stop after 12 May 2027.',
    );
    expect(tellRequirement({ ...due, restrictsTransfers: false }).consequence).toBe(
      'Without it payouts to your bank stop after 12 May 2027.',
    );
    expect(tellRequirement(base).consequence).toBe('You can’t sell and payouts wait until you give it.');
    expect(tellRequirement({ ...base, urgency: 'past_due', restrictsPayouts: false }).consequence).toBe(
      'Its time has passed: your shop is closed until you give it.',
    );
    expect(tellRequirement({ ...base, urgency: 'eventually_due' }).consequence).toMatch(/^Nothing stops now/);
  });

  it('says who must act', () => {
    expect(tellRequirement({ ...base, awaits: 'stripe' })).toMatchObject({
      who: 'stripe',
      consequence: 'Stripe is checking what you gave. You need to do nothing.',
    });
  });

  it('puts what is most urgent first and what waits for Stripe last', () => {
    const told = tellRequirements([
      { ...base, awaits: 'stripe', urgency: 'past_due' },
      { ...base, urgency: 'eventually_due' },
      base,
      { ...base, urgency: 'past_due' },
    ]);
    expect(told.map((r) => `${r.who} ${r.urgency}`)).toEqual([
      'you past_due', 'you currently_due', 'you eventually_due', 'stripe past_due',
    ]); // prettier-ignore
  });

  it('keeps Stripe’s sentences about a wrong answer', () => {
    expect(tellRequirement({ ...base, problems: ['The document is expired.'] }).problem).toBe(
      'The document is expired.',
    );
  });

  it('knows a sentence for every reason, also for one that is new', () => {
    expect(capabilityReason('requirements_past_due')).toContain('missing');
    expect(capabilityReason('rejected_something_new')).toContain('rejected');
    expect(capabilityReason(null)).toBeNull();
  });
});
