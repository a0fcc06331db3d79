const base = 'http://own.invalid';

/** A path on this site to go back to after signing in; null for everything that could lead elsewhere. */
export function ownPath(text: string | null | undefined): string | null {
  // Browsers read a backslash as a slash, and drop tabs and line ends: "/\t/evil.example" is another site.
  if (!text?.startsWith('/') || text.length > 500 || /[\\\p{Cc}]/u.test(text) || text.startsWith('//'))
    return null;
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  return url.origin === base ? url.pathname.replace(/^\/{2,}/, '/') + url.search : null;
}
