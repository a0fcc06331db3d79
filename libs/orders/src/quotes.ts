import { Injectable } from '@nestjs/common';
import { Fees } from '#fees';
import { Clock, DomainError } from '#kernel';
import { type Discount, type DraftGoods, figure, type Figures } from './split.rules.js';

/** What the draft would come to, or why it could not be placed. */
export type Quote = { readonly figures: Figures } | { readonly problem: string };

/** What orders would come to if they were placed now: the same figures, and nothing is held. */
@Injectable()
export class Quotes {
  constructor(
    private readonly fees: Fees,
    private readonly clock: Clock,
  ) {}

  /** One quote per draft, in their order; one query for all. */
  async quote(
    drafts: readonly { readonly goods: DraftGoods; readonly discount: Discount | null }[],
  ): Promise<Quote[]> {
    const currencies = drafts.map(({ goods }) => goods.currency);
    const rules = await this.fees.rulesInForce(currencies, this.clock.now());
    return drafts.map(({ goods, discount }) => {
      const rule = rules.get(goods.currency);
      if (!rule) return { problem: `Nothing can be sold in ${goods.currency.toUpperCase()} yet.` };
      try {
        return { figures: figure(goods, rule, discount) };
      } catch (error) {
        if (error instanceof DomainError) return { problem: error.message };
        throw error;
      }
    });
  }
}
