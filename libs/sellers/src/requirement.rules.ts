import type { StoredRequirement, Urgency } from './account-picture.js';

/** A requirement as its consequence, in the second person. */
export interface RequirementView {
  /** What is wanted: "Your date of birth". */
  readonly words: string;
  /** Why an earlier answer was not enough; null where nothing was wrong. */
  readonly problem: string | null;
  readonly who: 'you' | 'stripe';
  readonly urgency: Urgency;
  /** The soonest moment at which the consequence may happen; null where Stripe names none. */
  readonly deadline: Date | null;
  /** What happens, or has happened: "After 12 May 2026 your shop closes." */
  readonly consequence: string;
}

/**
 * Stripe's machine-readable names, most specific first: v2 names of docs.stripe.com/connect/accounts-v2 and the v1 names
 * that older accounts still answer with.
 */
const wordsByName: readonly (readonly [RegExp, string])[] = [
  [/given_name|first_name/, 'Your first name'],
  [/surname|last_name/, 'Your last name'],
  [/individual\.(email)|representative\.email/, 'Your e-mail address'],
  [/date_of_birth|\bdob\b/, 'Your date of birth'],
  [/(individual|representative|person\w*)\.(additional_)?address/, 'Your home address'],
  [/(individual|representative|person\w*)\.phone/, 'Your telephone number'],
  [/ssn_last_4/, 'The last four digits of your social security number'],
  [/(individual|representative|person\w*)\.(id_numbers?|secondary_id)/, 'Your national identity number'],
  [/(company|business_details).*(documents?|verification)/, 'A document that proves your company exists'],
  [/documents?|verification/, 'A photo of your identity document'],
  [/entity_type|business_type/, 'Whether you sell as a person or as a company'],
  [/registered_name|company\.name/, 'Your company’s registered name'],
  [/(company|business_details)\.address/, 'Your company’s address'],
  [/(company|business_details)\.phone/, 'Your company’s telephone number'],
  [/(company|business_details)\.(tax_id|id_numbers?)/, 'Your company’s tax number'],
  [/owners|directors|executives|relationship|structure/, 'Who owns and runs your company'],
  [/external_account|payout_methods?|bank_account/, 'A bank account for your payouts'],
  [/terms_of_service|tos_acceptance|attestations/, 'Your agreement to Stripe’s terms'],
  [/product_description|\bmcc\b/, 'A short description of what you sell'],
  [/\burl\b|business_url/, 'Your website'],
  [/statement_descriptor/, 'The name your customers see on their statements'],
  [/support_(phone|email|url|address)/, 'How your customers can reach you'],
];

export function requirementWords(description: string): string {
  const found = wordsByName.find(([pattern]) => pattern.test(description));
  return found ? found[1] : 'Another detail about you or your business, which Stripe’s page names';
}

export function tellRequirement(requirement: StoredRequirement): RequirementView {
  const deadline = requirement.deadline ? new Date(requirement.deadline) : null;
  return {
    words: requirementWords(requirement.description),
    problem: requirement.problems.length > 0 ? requirement.problems.join(' ') : null,
    who: requirement.awaits === 'user' ? 'you' : 'stripe',
    urgency: requirement.urgency,
    deadline,
    consequence: consequenceOf(requirement, deadline),
  };
}

/** Most urgent first; what waits for Stripe last, since nobody else can hurry it. */
export function tellRequirements(requirements: readonly StoredRequirement[]): RequirementView[] {
  const rank = (r: StoredRequirement) =>
    (r.awaits === 'stripe' ? 10 : 0) + { past_due: 0, currently_due: 1, eventually_due: 2 }[r.urgency];
  return [...requirements].sort((a, b) => rank(a) - rank(b)).map(tellRequirement);
}

function consequenceOf(requirement: StoredRequirement, deadline: Date | null): string {
  if (requirement.awaits === 'stripe') return 'Stripe is checking what you gave. You need to do nothing.';
  const effect = effects[effectOf(requirement)];
  if (requirement.urgency === 'past_due') return effect.now;
  if (requirement.urgency === 'eventually_due')
    return deadline
      ? effect.after(dayOf(deadline))
      : 'Nothing stops now. Stripe will need it as you sell more.';
  return deadline ? effect.after(dayOf(deadline)) : effect.until;
}

type Effect = 'selling' | 'payouts' | 'both' | 'nothing';

function effectOf({ restrictsTransfers, restrictsPayouts }: StoredRequirement): Effect {
  if (restrictsTransfers) return restrictsPayouts ? 'both' : 'selling';
  return restrictsPayouts ? 'payouts' : 'nothing';
}

const effects: Record<Effect, { now: string; until: string; after: (day: string) => string }> = {
  both: {
    now: 'Its time has passed: you can’t sell and payouts stop until you give it.',
    until: 'You can’t sell and payouts wait until you give it.',
    after: (day) => `Without it your shop closes and payouts stop after ${day}.`,
  },
  selling: {
    now: 'Its time has passed: your shop is closed until you give it.',
    until: 'You can’t sell until you give it.',
    after: (day) => `Without it your shop closes after ${day}.`,
  },
  payouts: {
    now: 'Its time has passed: your money stays in your Stripe balance until you give it.',
    until: 'You can sell, but your money stays in your Stripe balance until you give it.',
    after: (day) => `Without it payouts to your bank stop after ${day}.`,
  },
  nothing: {
    now: 'Its time has passed. Nothing stops yet, but give it soon.',
    until: 'Nothing stops now, but Stripe is waiting for it.',
    after: (day) => `Stripe would like it by ${day}.`,
  },
};

const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayOf = (date: Date): string => days.format(date);

/** Stripe's `status_details.code` of a capability, told to the seller. */
const reasons: Record<string, string> = {
  determining_status: 'Stripe is looking at your details.',
  requirements_pending_verification: 'Stripe is checking the details you gave.',
  requirements_past_due: 'Stripe is missing details that it needs by law.',
  restricted_other: 'Stripe has restricted the account. Stripe’s support can tell you why.',
  rejected_fraud: 'Stripe suspects fraud and has rejected the account. Write to Stripe’s support.',
  rejected_incomplete_verification: 'Stripe could not verify the account and has rejected it.',
  rejected_listed: 'Stripe may not serve this person or company.',
  rejected_terms_of_service: 'Stripe has rejected the account for breaking its terms.',
  unsupported_business: 'Stripe can’t serve this kind of business.',
  unsupported_country: 'Stripe can’t serve this country in this way.',
  unsupported_entity_type: 'Stripe can’t serve this kind of company here.',
};

export function capabilityReason(code: string | null): string | null {
  if (!code) return null;
  return reasons[code] ?? 'Stripe has rejected the account. Stripe’s support can tell you why.';
}
