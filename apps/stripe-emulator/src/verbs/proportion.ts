/**
 * The share of `amount` that goes with the latest part of something: what is due after `done` of `whole`, rounded half
 * up, less what went `before`. Stripe's rounding of proportional reversals is not documented; counting from the start
 * each time makes the parts add up to the whole. All are minor units.
 */
export function proportion(amount: number, done: number, whole: number, before: number): number {
  const due = (2n * BigInt(amount) * BigInt(done) + BigInt(whole)) / (2n * BigInt(whole));
  return Math.max(0, Math.min(Number(due), amount) - before);
}
