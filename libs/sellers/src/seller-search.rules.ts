/**
 * What `$2` (the answer of `searchTerm`) is compared with: a whole `acct_…` or `sel_…` id, or words of the name and the
 * address by their beginnings.
 */
export function searchCondition(search: string | undefined): string {
  const term = search?.trim() ?? '';
  if (term.startsWith('acct_'))
    return `s.id in (select c.seller_id from sellers.connected_accounts c where c.stripe_account = $2)`;
  if (term.startsWith('sel_')) return `s.id = $2`;
  return `($2::text is null or s.search @@ to_tsquery('simple', $2))`;
}

/** An id as it is; words as a text search; null where nothing can be searched for. */
export function searchTerm(search: string | undefined): string | null {
  const term = search?.trim() ?? '';
  if (/^(acct|sel)_/.test(term)) return term;
  const words = term.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words ? words.map((word) => `${word}:*`).join(' & ') : null;
}
