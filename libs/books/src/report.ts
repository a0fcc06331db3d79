import { methodMarker } from '#platform';

/** One thing that does not agree. `code` and `subject` together name it, the same in every check. */
export interface Difference {
  readonly code: string;
  readonly subject: string;
  readonly stripeAccount: string | null;
  readonly currency: string | null;
  /** A whole sentence, with figures. */
  readonly sentence: string;
}

/** The three columns that must meet, for one Stripe account and currency; minor units. */
export interface BooksLine {
  readonly stripeAccount: string;
  readonly currency: string;
  /** What we posted. */
  readonly ledger: bigint;
  /** Posted by us and not yet shown by Stripe, less what Stripe shows and we have not posted. */
  readonly onItsWay: bigint;
  /** The sum of Stripe's balance transactions. */
  readonly mirror: bigint;
  readonly stripePending: bigint;
  readonly stripeAvailable: bigint;
  readonly agree: boolean;
}

export interface BooksReport {
  readonly checkedAt: Date;
  /** Which Stripe accounts were compared with Stripe; null: all. What the database says of itself is compared each time. */
  readonly accounts: readonly string[] | null;
  readonly lines: BooksLine[];
  readonly differences: Difference[];
  /** What could not be compared, in sentences; no difference by itself. */
  readonly notices: string[];
}

export interface CheckOptions {
  /** A prediction or a balance transaction may be alone for so long, in minutes, before it is a difference. Default 60. */
  readonly graceMinutes?: number;
  /** Which Stripe accounts are compared with Stripe. Default all. */
  readonly accounts?: readonly string[];
}

/**
 * A method of a module above the books, `(graceMinutes, accounts) => Promise<Difference[]>`: what its own rows disagree about,
 * and with Stripe for these accounts; null: for all.
 */
const partsOfTheBooks = methodMarker<{ name: string }>('part of the books');
export const PartOfTheBooks = (name: string): MethodDecorator => partsOfTheBooks.mark({ name });
export const findPartsOfTheBooks = partsOfTheBooks.find;

export function difference(
  code: string,
  subject: string,
  at: { stripeAccount?: string | null; currency?: string | null },
  sentence: string,
): Difference {
  return {
    code,
    subject,
    stripeAccount: at.stripeAccount ?? null,
    currency: at.currency ?? null,
    sentence,
  };
}

/** An account as people call it. */
export function accountName(stripeAccount: string): string {
  return stripeAccount === 'platform' ? 'the platform' : stripeAccount;
}
