import type { Transactions } from '#platform';

/** So many pieces of a variant, or fewer, and its seller is told that it runs out. */
export const FEW = 2;

/**
 * Brings what a listing shows of its variants (lowest and highest price, in stock, whether one runs out)
 * up to date; call it after changing
 * variants. Listings are locked first, and only then read: two buyers who each take the last piece of another variant
 * of one listing would otherwise both see the other's piece and leave the listing in stock.
 */
export async function refreshOffers(
  transactions: Transactions,
  listingIds: readonly string[],
): Promise<void> {
  const stale = await transactions.write<{ id: string }>(
    `select l.id from catalog.listings l where l.id = any($1) order by l.id for no key update`,
    [listingIds],
  );
  await transactions.write(
    `update catalog.listings l
     set price_from = v.price_from, price_to = v.price_to, in_stock = v.in_stock, runs_low = v.runs_low
     from (select o.id, min(v.price_amount) as price_from, max(v.price_amount) as price_to,
                  coalesce(bool_or(v.on_hand > v.held), false) as in_stock,
                  coalesce(bool_or(v.on_hand - v.held <= ${FEW}), false) as runs_low
           from unnest($1::text[]) as o (id)
           left join catalog.variants v on v.listing_id = o.id and not v.archived
           group by o.id) v
     where l.id = v.id
       and (l.price_from, l.price_to, l.in_stock, l.runs_low)
           is distinct from (v.price_from, v.price_to, v.in_stock, v.runs_low)`,
    [stale.map((row) => row.id)],
  );
}
