/** What somebody types to find a seller, as conditions on `s`; neither where nothing can be searched for. */
interface SellerSearch {
  /** By a whole `acct_…` or `sel_…` id. */
  readonly byId?: string;
  /** By words of the name and the address, or their beginnings: a text search that `s.search` must meet. */
  readonly byWords?: string;
}

export function sellerSearch(text: string | undefined, bind: (value: string) => string): SellerSearch {
  const term = text?.trim() ?? '';
  if (term.startsWith('sel_')) return { byId: `s.id = ${bind(term)}` };
  if (term.startsWith('acct_')) {
    const accounts = 'select c.seller_id from sellers.connected_accounts c';
    return { byId: `s.id = (${accounts} where c.stripe_account = ${bind(term)})` };
  }
  const words = term.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  if (!words) return {};
  const query = bind(words.map((word) => `${word}:*`).join(' & '));
  // Read once, as a subselect, and not for every row.
  return { byWords: `(select to_tsquery('simple', ${query}::text))` };
}
