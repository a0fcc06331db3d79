import { DomainError } from '#kernel';

/** Length is what counts (NIST SP 800-63B, 3.1.1.2): no rules about digits and signs, no forced changes. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** The words that long common passwords are made of; what remains without them must still be long enough to count. */
const common =
  /password|passwort|qwerty|azerty|letmein|welcome|iloveyou|admin|login|guildhall|football|baseball|monkey|dragon|sunshine|princess|abc|123|1234567890|0987654321/g;

/** Throws `password_weak` with a sentence for the field. */
export function assertGoodPassword(
  password: string,
  person: { email: string; name: string },
  field = 'password',
): void {
  const words = weakness(password, person);
  if (words) throw DomainError.field(field, 'password_weak', words);
}

function weakness(password: string, person: { email: string; name: string }): string | null {
  if (password.length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters.`;
  if (password.length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`;
  const plain = password.toLowerCase();
  const own = [person.email, person.email.split('@')[0] ?? '', ...person.name.split(/\s+/)];
  const rest = own
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 3)
    .reduce((text, word) => text.replaceAll(word, ''), plain)
    .replace(common, '')
    .replace(/[\d\W_]+/g, (run) => run.slice(0, 2));
  if (new Set(rest).size < 5)
    return 'This password is easy to guess. Use a few words that don’t belong together.';
  return null;
}
