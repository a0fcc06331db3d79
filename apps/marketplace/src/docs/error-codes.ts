import type { ErrorKind } from '#kernel';

/** The status that an error's kind becomes, and when it happens. */
export const kinds: Record<ErrorKind, { status: number; when: string }> = {
  invalid: { status: 422, when: 'Something you sent can’t be taken. Mend the fields that `errors` names and send it again.' },
  not_found: { status: 404, when: 'It does not exist, or is not for you to see.' },
  forbidden: { status: 403, when: 'You are signed in, but this is not yours to do.' },
  unauthenticated: { status: 401, when: 'Sign in, or send a valid API key.' },
  conflict: { status: 409, when: 'It can’t be done as things stand now. Read it again before you repeat it.' },
  too_many: { status: 429, when: 'Wait a minute, then try again.' },
  unavailable: { status: 503, when: 'Nothing is lost. Repeat the request with the same Idempotency-Key in a moment.' },
};
