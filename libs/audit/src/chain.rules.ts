import { createHash } from 'node:crypto';

/** One entry exactly as it is sealed. `at` has microseconds; `before` and `after` are the stored JSON text. */
export interface SealedText {
  readonly id: string;
  readonly at: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string | null;
}

export interface SealedEntry extends SealedText {
  readonly position: bigint;
  readonly hash: Buffer;
}

export interface ChainEnd {
  readonly position: bigint;
  readonly hash: Buffer;
}

export const chainStart: ChainEnd = { position: 0n, hash: Buffer.alloc(0) };

/**
 * SHA-256 over the previous hash, the position and every field, in a fixed order; JSON keeps the fields apart, so that
 * moving a character from one to the next changes the hash.
 */
export function sealOf(previous: ChainEnd, entry: SealedText): ChainEnd {
  const position = previous.position + 1n;
  const fields = [
    entry.id,
    entry.at,
    entry.actor_kind,
    entry.actor_id,
    entry.action,
    entry.subject,
    entry.before,
    entry.after,
    entry.reason,
  ];
  const hash = createHash('sha256')
    .update(previous.hash)
    .update(JSON.stringify([position.toString(), ...fields]))
    .digest();
  return { position, hash };
}

/** What is wrong with `entry` as the successor of `previous`, in a sentence; null when it fits. */
export function breakAt(previous: ChainEnd, entry: SealedEntry): string | null {
  const expected = sealOf(previous, entry);
  if (entry.position !== expected.position) {
    const missing = entry.position - expected.position;
    return missing === 1n
      ? `Entry ${expected.position} was removed.`
      : `Entries ${expected.position} to ${entry.position - 1n} were removed.`;
  }
  if (!entry.hash.equals(expected.hash)) return `Entry ${entry.position} was changed after it was sealed.`;
  return null;
}

/** What is wrong with where the chain ends, compared with the end that was noted beside it. */
export function breakAtEnd(found: ChainEnd, noted: ChainEnd): string | null {
  if (found.position < noted.position)
    return found.position + 1n === noted.position
      ? `Entry ${noted.position} was removed.`
      : `Entries ${found.position + 1n} to ${noted.position} were removed.`;
  if (found.position > noted.position)
    return `Entry ${noted.position + 1n} was added past the end of the chain.`;
  return found.hash.equals(noted.hash)
    ? null
    : `The end of the chain does not match entry ${noted.position}.`;
}
