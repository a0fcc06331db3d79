import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';

export type TimelineTone = 'good' | 'waiting' | 'attention' | 'bad' | 'neutral';

export interface SellerHappening {
  readonly at: Date;
  readonly tone: TimelineTone;
  readonly word: string;
  readonly sentence: string;
}

/** What happened to a seller, in words; written in the transaction that made it so. */
@Injectable()
export class SellerTimeline {
  constructor(private readonly transactions: Transactions) {}

  async add(sellerId: string, tone: TimelineTone, word: string, sentence: string): Promise<void> {
    await this.transactions.write(
      `insert into sellers.timeline (seller_id, at, tone, word, sentence) values ($1, clock_timestamp(), $2, $3, $4)`,
      [sellerId, tone, word, sentence],
    );
  }

  /** Newest first. */
  async latest(sellerId: string, limit = 30): Promise<SellerHappening[]> {
    return this.transactions.query<SellerHappening>(
      `select at, tone, word, sentence from sellers.timeline where seller_id = $1 order by id desc limit $2`,
      [sellerId, limit],
    );
  }
}
