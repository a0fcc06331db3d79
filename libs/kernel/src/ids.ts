import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: sorts like the number, no i, l, o, u
let lastMs = 0;
let counter = 0;

/**
 * An id such as `ord_01k…`: 10 characters of time, 3 of a counter, 13 at random. Sorts by creation within a process, so
 * that keyset pages by id are pages by time, and inserts go to the end of an index.
 */
export function newId(prefix: string): string {
  const now = Math.max(Date.now(), lastMs);
  counter = now === lastMs ? counter + 1 : 0;
  lastMs = now;
  return `${prefix}_${encode(BigInt(now), 10)}${encode(BigInt(counter), 3)}${random(13)}`;
}

/** 160 random bits for links that nobody may guess. Only its hash is stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url');
}

function encode(value: bigint, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) {
    text = alphabet[Number(value & 31n)]! + text;
    value >>= 5n;
  }
  return text;
}

function random(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]!).join('');
}
