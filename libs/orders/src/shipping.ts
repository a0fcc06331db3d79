import { Injectable } from '@nestjs/common';
import { type Actor, Clock, DomainError } from '#kernel';
import { Outbox, Transactions } from '#platform';
import { OrderShipped } from './order.events.js';
import { orderStates } from './order.states.js';
import type { OrderView } from './order.views.js';
import { Orders } from './orders.service.js';

export interface Parcel {
  /** "DHL", "Royal Mail"; null where the seller brings it. */
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
}

/** Orders on their way. */
@Injectable()
export class Shipping {
  constructor(
    private readonly transactions: Transactions,
    private readonly orders: Orders,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Marks a paid order as shipped; a second time it corrects carrier and number, and the buyer hears of it once. */
  async ship(actor: Actor, sellerId: string, orderId: string, parcel: Parcel): Promise<OrderView> {
    const carrier = text(parcel.carrier, 'carrier', 60);
    const trackingNumber = text(parcel.trackingNumber, 'trackingNumber', 80);
    return this.transactions.run(async () => {
      await this.orders.orderForSeller(actor, sellerId, orderId);
      const order = await this.orders.lock(orderId);
      const to = orderStates.move(order.status, 'ship');
      await this.transactions.write(
        `update orders.orders set status = $2, carrier = $3, tracking_number = $4, shipped_at = coalesce(shipped_at, $5)
         where id = $1`,
        [orderId, to, carrier, trackingNumber, this.clock.now()],
      );
      if (order.status !== to)
        await this.outbox.publish(
          new OrderShipped({ orderId, purchaseId: order.purchaseId, sellerId: order.sellerId }),
        );
      return (await this.orders.byId(orderId))!;
    });
  }
}

function text(value: string | null, field: string, longest: number): string | null {
  const trimmed = value?.trim() || null;
  if (trimmed && trimmed.length > longest)
    throw DomainError.field(field, 'parcel_invalid', `Keep this under ${longest} characters.`);
  return trimmed;
}
