import { Injectable } from '@nestjs/common';
import { DomainError, InvariantError } from '#kernel';
import { Transactions } from '#platform';
import { FEW, refreshOffers } from './offers.js';

export interface StockLine {
  readonly variantId: string;
  readonly quantity: number;
}

interface Row {
  readonly variant_id: string;
  readonly quantity: number;
}

interface Offer {
  readonly id: string;
  readonly available: number;
  readonly for_sale: boolean;
}

/**
 * Stock of variants, held and taken by orders. Every verb runs in the caller's transaction, may be repeated for the
 * same order, and locks variants in the order of their ids, so that two orders never wait for each other in a circle.
 */
@Injectable()
export class Stock {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Holds the pieces of an order until `take` or `release`. All or nothing: throws `out_of_stock` with a sentence per
   * variant id that has too few pieces or is no longer for sale.
   */
  async reserve(orderId: string, lines: readonly StockLine[]): Promise<void> {
    const wanted = merged(lines);
    if (await this.alreadyReserved(orderId, wanted)) return;
    const ids = [...wanted.keys()];
    const offers = await this.transactions.write<Offer>(
      `select v.id, v.on_hand - v.held as available,
              l.status = 'published' and l.shop_open and not v.archived as for_sale
       from catalog.variants v join catalog.listings l on l.id = v.listing_id
       where v.id = any($1) order by v.id for update of v`,
      [ids],
    );
    refuseShortages(wanted, offers);
    // An order that was canceled and is paid after all asks anew for what it gave back.
    await this.transactions.write(
      `insert into catalog.reservations (order_id, variant_id, quantity, state)
       select $1::text, q.*, 'held' from unnest($2::text[], $3::int[]) q
       on conflict (order_id, variant_id) do update
         set state = 'held', quantity = excluded.quantity, changed_at = now() where reservations.state = 'released'`,
      [orderId, ids, [...wanted.values()]],
    );
    await this.change(
      [...wanted].map(([variant_id, quantity]) => ({ variant_id, quantity })),
      'held = held + q.quantity',
      -1,
    );
  }

  /** Gives held pieces back to the shelf. Does nothing for an order whose pieces were taken or released before. */
  async release(orderId: string): Promise<void> {
    const rows = await this.move(orderId, 'held', 'released');
    await this.change(rows, 'held = held - q.quantity', 1);
  }

  /** The order is paid: its pieces leave the shelf. Throws an InvariantError where nothing was held for it. */
  async take(orderId: string): Promise<void> {
    const rows = await this.move(orderId, 'held', 'taken');
    if (rows.length === 0) {
      const [taken] = await this.transactions.write(
        `select from catalog.reservations where order_id = $1 and state = 'taken' limit 1`,
        [orderId],
      );
      if (!taken) throw new InvariantError(`order ${orderId} took stock that was not held for it`);
    }
    await this.change(rows, 'on_hand = on_hand - q.quantity, held = held - q.quantity', 0);
  }

  /** A refund before shipping: taken pieces return to the shelf. Does nothing where none are taken. */
  async putBack(orderId: string): Promise<void> {
    const rows = await this.move(orderId, 'taken', 'put_back');
    await this.change(rows, 'on_hand = on_hand + q.quantity', 1);
  }

  /** A repeated reservation is fine; the same order with other pieces is a mistake of ours. */
  private async alreadyReserved(orderId: string, wanted: ReadonlyMap<string, number>): Promise<boolean> {
    const rows = await this.transactions.write<Row>(
      `select variant_id, quantity from catalog.reservations where order_id = $1 and state <> 'released'`,
      [orderId],
    );
    if (rows.length === 0) return false;
    const same = rows.length === wanted.size && rows.every((r) => wanted.get(r.variant_id) === r.quantity);
    if (!same) throw new InvariantError(`order ${orderId} reserved other stock before`);
    return true;
  }

  /** Its update decides who moves a reservation: a second one finds no row in that state any more. Locks the variants. */
  private async move(orderId: string, from: string, to: string): Promise<Row[]> {
    const rows = await this.transactions.write<Row>(
      `update catalog.reservations set state = $3, changed_at = now()
       where order_id = $1 and state = $2 returning variant_id, quantity`,
      [orderId, from, to],
    );
    const ids = rows.map((row) => row.variant_id);
    await this.transactions.write(`select from catalog.variants where id = any($1) order by id for update`, [
      ids,
    ]);
    return rows;
  }

  /**
   * Variants that are locked. `sign` says how the assignment changes what is available, per piece: a listing is touched
   * only where that makes it sold out or low, or no longer so.
   */
  private async change(rows: readonly Row[], assignment: string, sign: -1 | 0 | 1): Promise<void> {
    if (rows.length === 0) return;
    const now = 'v.on_hand - v.held';
    const crossed = (few: number) => `(${now} <= ${few}) <> (${now} - ${sign} * q.quantity <= ${few})`;
    const changed = await this.transactions.write<{ listing_id: string; other: boolean }>(
      `update catalog.variants v set ${assignment}
       from unnest($1::text[], $2::int[]) as q (variant_id, quantity) where v.id = q.variant_id
       returning v.listing_id, ${crossed(0)} or ${crossed(FEW)} as other`,
      [rows.map((row) => row.variant_id), rows.map((row) => row.quantity)],
    );
    const listings = changed.filter((row) => row.other).map((row) => row.listing_id);
    if (listings.length > 0) await refreshOffers(this.transactions, [...new Set(listings)]);
  }
}

/** One line per variant, in the order of ids. Throws where there is nothing to reserve. */
function merged(lines: readonly StockLine[]): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of [...lines].sort((a, b) => (a.variantId < b.variantId ? -1 : 1))) {
    if (!Number.isInteger(quantity) || quantity < 1)
      throw new InvariantError(`${quantity} pieces can't be reserved`);
    wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  }
  if (wanted.size === 0) throw new InvariantError('a reservation needs at least one piece');
  return wanted;
}

function refuseShortages(wanted: ReadonlyMap<string, number>, offers: readonly Offer[]): void {
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  const fields: Record<string, string> = {};
  for (const [id, quantity] of wanted) {
    const offer = byId.get(id);
    if (!offer?.for_sale) fields[id] = 'This is no longer for sale.';
    else if (offer.available < quantity)
      fields[id] = offer.available === 0 ? 'Sold out.' : `Only ${offer.available} left.`;
  }
  if (Object.keys(fields).length > 0) {
    throw new DomainError(
      'out_of_stock',
      'conflict',
      'Some of these goods are not available as you asked for. Change the quantity or remove them.',
      fields,
    );
  }
}
