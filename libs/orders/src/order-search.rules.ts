import { hasWords, inWeek, WEEK, weekOf, wordsIn } from '#platform';

/** Crockford's letters, as `newId` writes them; pages show the last six of an order's id. */
const LABEL = /^[0-9a-hjkmnp-tv-z]{6}$/;

/** What somebody types to find an order, as conditions on `o`; neither where nothing can be searched for. */
interface OrderSearch {
  /** By the whole id. */
  readonly byId?: string;
  /** By words of the receiver's name or their beginnings, or by the six letters of the id that pages show. */
  readonly byWords?: {
    readonly amongAll: () => { readonly match: string; readonly byIndex: string };
    /** Among the orders of one shop, in one week. */
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
  const byLabel = () => LABEL.test(term) && `right(o.id, 6) = ${bind(term)}`;
  const or = (label: string | false, byName: string) => (label ? `(${label} or ${byName})` : byName);
  return {
    byWords: {
      amongAll: () => {
        const [label, named] = [byLabel(), `${beginnings('')}::tsquery`];
        return {
          match: or(label, hasWords('o.buyer_search', named)),
          byIndex: or(label, `o.buyer_search @@ ${named}`),
        };
      },
      inShop: (sellerId) => {
        const [label, named] = [byLabel(), beginnings(`${sellerId.replace(/\W/g, '')} ${WEEK} `)];
        const [its, place] = [weekOf('o.created_at'), `o.seller_id || ' ' || ${weekOf('o.created_at')}`];
        return (week) =>
          or(
            label && `(${label} and ${its} = ${week})`,
            `${wordsIn(place, 'o.buyer_search')} @@ ${inWeek(named, week)}`,
          );
      },
    },
  };
}
