import { hasWords, inWeek, WEEK } from '#platform';

/** Crockford's letters, as `newId` writes them; pages show the last six of an order's id. */
const LABEL = /^[0-9a-hjkmnp-tv-z]{6}$/;

/** What somebody types to find an order, as conditions on `o`; neither where nothing can be searched for. */
export interface OrderSearch {
  /** By the whole id. */
  readonly byId?: string;
  /** By words of the receiver's name or their beginnings, or by the six letters of the id that pages show. */
  readonly byWords?: {
    readonly match: string;
    readonly byIndex: string;
    /** The same among the orders of one shop, in one week. */
    readonly inShop: (sellerId: string) => (week: string) => string;
  };
}

export function orderSearch(text: string | undefined, bind: (value: string) => string): OrderSearch {
  const term = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^order\s+/, '');
  if (/^ord_\w+$/.test(term)) return { byId: `o.id = ${bind(term)}` };
  const words = term.match(/[\p{L}\p{N}]+/gu);
  if (!words) return {};
  const beginnings = (place: string) => bind(words.map((word) => `'${place}${word}':*`).join(' & '));
  const label = LABEL.test(term) ? `right(o.id, 6) = ${bind(term)}` : null;
  const or = (byLabel: string | null, byName: string) => (byLabel ? `(${byLabel} or ${byName})` : byName);
  const named = `${beginnings('')}::tsquery`;
  return {
    byWords: {
      match: or(label, hasWords('o.buyer_search', named)),
      byIndex: or(label, `o.buyer_search @@ ${named}`),
      inShop: (sellerId) => {
        const inTheirWeek = beginnings(`${sellerId.replace(/\W/g, '')} ${WEEK} `);
        return (week) =>
          or(
            label && `(${label} and platform.week(o.created_at) = ${week})`,
            `platform.words_in(o.seller_id || ' ' || platform.week(o.created_at), o.buyer_search) @@ ${inWeek(inTheirWeek, week)}`,
          );
      },
    },
  };
}
