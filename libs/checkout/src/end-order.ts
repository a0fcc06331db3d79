import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { OrderPayments, Orders } from '#orders';
import { Payments } from '#payments';
import { Cron, Log, Transactions } from '#platform';
import { Placed } from './placed.js';

/** Longer than a payment page lives, so that only orders that never had one are left. */
const ABANDONED_AFTER_MS = 45 * 60 * 1000;
const PER_SWEEP = 200;

/** Ends orders that were not paid: first at Stripe, and only then here. */
@Injectable()
export class EndOrder {
  constructor(
    private readonly transactions: Transactions,
    private readonly payments: Payments,
    private readonly orders: Orders,
    private readonly orderPayments: OrderPayments,
    private readonly placed: Placed,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** `honoured`: the buyer had paid already, and the order stands. Outside a transaction. */
  async end(
    orderId: string,
    reason: 'changed' | 'seller_closed' | 'abandoned',
  ): Promise<'ended' | 'honoured'> {
    const outcome = await this.payments.expire(orderId, reason === 'seller_closed' ? reason : 'changed');
    if (outcome === 'none') await this.endUnopened(orderId, reason);
    await this.placed.settle(orderId);
    const order = await this.orders.byId(orderId);
    return order?.status === 'canceled' ? 'ended' : 'honoured';
  }

  /** Orders whose turn to be paid never came hold stock that nothing at Stripe would release. */
  @Cron('checkout.abandoned', '*/5 * * * *')
  async abandoned(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - ABANDONED_AFTER_MS);
    for (const orderId of await this.placed.openSince(before, PER_SWEEP)) {
      try {
        await this.transactions.run(() => this.endUnopened(orderId, 'abandoned'));
        await this.placed.settle(orderId);
      } catch (error) {
        this.log.error('an abandoned order could not be ended', { order: orderId, error });
      }
    }
  }

  /** The order's lock keeps a payment page from being opened at the same moment; one that is open is left alone. */
  private endUnopened(orderId: string, reason: 'changed' | 'seller_closed' | 'abandoned'): Promise<void> {
    return this.transactions.run(async () => {
      await this.orders.lock(orderId);
      if ((await this.payments.sessionOf(orderId)) === null) await this.orderPayments.cancel(orderId, reason);
    });
  }
}
