import { Injectable } from '@nestjs/common';
import { Fees } from '#fees';
import { Clock } from '#kernel';
import { type Discount, type DraftGoods, figure, type Figures } from './split.rules.js';

/** What an order would come to if it were placed now: the same figures, and nothing is held. */
@Injectable()
export class Quotes {
  constructor(
    private readonly fees: Fees,
    private readonly clock: Clock,
  ) {}

  /** Throws `fee_rule_missing` and `amount_too_small`, as placing it would. */
  async quote(goods: DraftGoods, discount: Discount | null): Promise<Figures> {
    return figure(goods, await this.fees.ruleInForce(goods.currency, this.clock.now()), discount);
  }
}
