/**
 * What kind of mistake it is; the HTTP filter makes a status of it, so that no rule knows about HTTP.
 * invalid 422 · not_found 404 · forbidden 403 · unauthenticated 401 · conflict 409 · too_many 429 · unavailable 503
 */
export type ErrorKind =
  'invalid' | 'not_found' | 'forbidden' | 'unauthenticated' | 'conflict' | 'too_many' | 'unavailable';

/** A refusal that a person can act on: a stable `code`, and a sentence that says what to do. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    /** Messages per field of the form, in words that say how to mend it. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'DomainError';
  }

  static notFound(what: string): DomainError {
    return new DomainError(
      `${what.replaceAll(' ', '_')}_not_found`,
      'not_found',
      `We could not find this ${what}.`,
    );
  }

  static field(field: string, code: string, message: string): DomainError {
    return new DomainError(code, 'invalid', message, { [field]: message });
  }
}

/** A promise of the program to itself is broken: never shown to a person in detail, always a 500 and an alarm. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvariantError';
  }
}
