/** Crockford's letters, as `newId` writes them; pages show the last six of an order's id. */
const LABEL = /^[0-9a-hjkmnp-tv-z]{6}$/;

/** What a shop types to find an order, as a condition over `orders.orders`; null where nothing can be searched for. */
export function orderSearch(text: string | undefined, bind: (value: string) => string): string | null {
  const term = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^order\s+/, '');
  if (/^ord_\w+$/.test(term)) return `id = ${bind(term)}`;
  const words = term.match(/[\p{L}\p{N}]+/gu);
  if (!words) return null;
  const query = words.map((word) => `${word}:*`).join(' & ');
  const byName = `buyer_search @@ to_tsquery('simple', ${bind(query)})`;
  return LABEL.test(term) ? `(right(id, 6) = ${bind(term)} or ${byName})` : byName;
}
