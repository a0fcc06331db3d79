import { Injectable } from '@nestjs/common';
import { type Change, PayNext } from '#checkout';
import { DomainError } from '#kernel';
import type { Seeker } from '#orders';
import { type SeeOther, seeOther } from '../http/index.js';

/** Sends a buyer on to Stripe's page for what is next to pay, or back to the purchase with the reason why not. */
@Injectable()
export class ToPayment {
  constructor(private readonly next: PayNext) {}

  /**
   * `orderId` is what the button named: where something else is next by now, the buyer sees that first. Answers what
   * changed where the order is not any more as it was agreed.
   */
  async open(
    seeker: Seeker,
    purchaseId: string,
    orderId?: string,
  ): Promise<SeeOther | { changes: readonly Change[] }> {
    const path = `/purchases/${purchaseId}`;
    try {
      const next = await this.next.payNext(seeker, purchaseId);
      if (next.outcome === 'changed') return { changes: next.changes };
      if (next.outcome === 'settled') return seeOther(path);
      if (orderId !== undefined && next.orderId !== orderId)
        return seeOther(path, { tone: 'neutral', text: 'That part is settled. See below what is next.' });
      return seeOther(next.url);
    } catch (error) {
      if (!(error instanceof DomainError) || !['conflict', 'unavailable'].includes(error.kind)) throw error;
      return seeOther(path, { tone: 'attention', text: error.message });
    }
  }
}
