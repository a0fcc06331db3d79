import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '#kernel';

/** Names by which JavaScript itself asks an object for a text or a number: as data they make conversions throw. */
const ASKED_BY_JAVASCRIPT = new Set(['toString', 'valueOf', 'toJSON', 'constructor', '__proto__']);

/** Nothing that we ask for is nested as deep; what walks through it would run out of stack at some thousand. */
const DEEPEST = 20;

/**
 * Whether all texts in it can be stored and shown: PostgreSQL takes no NUL, and half a surrogate pair is no character.
 */
export function isReadable(value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, inner]) => !ASKED_BY_JAVASCRIPT.has(name) && isReadable(name) && isReadable(inner, depth + 1),
  );
}

/** Runs before every other look at what was sent, so that nothing behind it has to think of such texts. */
@Injectable()
export class ReadablePipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if (type === 'custom' || isReadable(value)) return value;
    throw new DomainError(
      'text_unreadable',
      'invalid',
      'Something you sent is no readable text. Type it anew and send it again.',
    );
  }
}
