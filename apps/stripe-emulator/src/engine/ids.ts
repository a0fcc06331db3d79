import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Length of the random part where Stripe's differs from the usual 24 characters. */
const LENGTHS: Record<string, number> = {
  acct: 16,
  cs_test: 58,
  cs_live: 58,
  req: 14,
  whsec: 32,
  link: 32,
  fp: 16,
};

/**
 * Stripe-looking ids, e.g. `ch_3kQ…`. The n-th id of a seed is always the same, so a run can be repeated; the
 * journal keeps the counter, so a restart goes on where it stopped.
 */
export class Ids {
  constructor(
    public seed: string,
    public issued = 0,
  ) {}

  next(prefix: string): string {
    this.issued += 1;
    const length = LENGTHS[prefix] ?? 24;
    let text = '';
    for (let block = 0; text.length < length; block += 1) {
      const digest = createHash('sha256').update(`${this.seed}:${this.issued}:${block}`).digest();
      // 248 is the largest multiple of 62 in a byte: dropping the rest keeps every character equally likely.
      for (const byte of digest) if (byte < 248) text += ALPHABET[byte % 62];
    }
    return `${prefix}_${text.slice(0, length)}`;
  }
}
