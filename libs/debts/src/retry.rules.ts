const HOUR_MS = 60 * 60 * 1000;

/** When to try again after so many tries: after an hour, then ever later, at least once a day. */
export function nextTry(tries: number, now: Date): Date {
  const hours = Math.min(2 ** (tries - 1), 24);
  return new Date(now.getTime() + hours * HOUR_MS);
}
