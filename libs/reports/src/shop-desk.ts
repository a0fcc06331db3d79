import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';

/** A hundred parcels that wait are as urgent as more. */
export const TO_SEND_COUNTED_UP_TO = 100;
const LOW_SHOWN = 6;

export interface LowListing {
  readonly listingId: string;
  readonly title: string;
  /** Pieces of its scarcest variant that nobody holds. */
  readonly left: number;
}

export interface ShopDeskFigures {
  /** Paid orders that were not sent; `TO_SEND_COUNTED_UP_TO` stands for that many or more. */
  readonly toSend: number;
  /** When the oldest of them was ordered. */
  readonly waitingSince: Date | null;
  /** Published listings of which a variant runs out, the newest first. */
  readonly low: LowListing[];
}

/** What waits for a seller. */
@Injectable()
export class ShopDesk {
  constructor(private readonly transactions: Transactions) {}

  /** Each part reads a few rows of one index. */
  async of(sellerId: string): Promise<ShopDeskFigures> {
    const [waiting] = await this.transactions.query<{ count: number; since: Date | null }>(
      `select count(*)::int as count, min(created_at) as since from (
         select created_at from orders.orders where seller_id = $1 and status = 'paid'
         order by created_at limit ${TO_SEND_COUNTED_UP_TO}) paid`,
      [sellerId],
    );
    const low = await this.transactions.query<LowListing>(
      `select l.id as "listingId", l.title, v.left from (
         select id, title from catalog.listings where seller_id = $1 and status = 'published' and runs_low
         order by id desc limit ${LOW_SHOWN}) l
       cross join lateral (select min(on_hand - held)::int as left from catalog.variants
                           where listing_id = l.id and not archived) v
       order by l.id desc`,
      [sellerId],
    );
    return { toSend: waiting!.count, waitingSince: waiting!.since, low };
  }
}
