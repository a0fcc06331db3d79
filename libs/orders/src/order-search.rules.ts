/** Crockford's letters, as `newId` writes them; pages show the last six of an order's id. */
const LABEL = /^[0-9a-hjkmnp-tv-z]{6}$/;

/**
 * What somebody types to find an order, as a condition over `orders.orders`; null where nothing can be searched for.
 * With a shop, only its orders are searched through.
 */
export function orderSearch(
  text: string | undefined,
  bind: (value: string) => string,
  sellerId?: string,
): string | null {
  const term = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^order\s+/, '');
  if (/^ord_\w+$/.test(term)) return `id = ${bind(term)}`;
  const words = term.match(/[\p{L}\p{N}]+/gu);
  if (!words) return null;
  const beginnings = (prefix: string) => bind(words.map((word) => `'${prefix}${word}':*`).join(' & '));
  const byName = sellerId
    ? `orders.words_in_shop(seller_id, buyer_search) @@ ${beginnings(`${sellerId.replace(/\W/g, '')} `)}::tsquery`
    : `buyer_search @@ ${beginnings('')}::tsquery`;
  return LABEL.test(term) ? `(right(id, 6) = ${bind(term)} or ${byName})` : byName;
}
