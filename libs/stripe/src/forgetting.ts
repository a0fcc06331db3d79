import { Injectable } from '@nestjs/common';
import { Cron, Transactions } from '#platform';

/** Stripe itself shows an event for 30 days; twice that leaves time to find out what went wrong. */
const KEPT = `interval '60 days'`;

/**
 * Events and requests name buyers, their e-mail and address. Once they are done with, nothing here needs them: what
 * they led to is with the order, and who must be erased there is not to live on here.
 */
@Injectable()
export class Forgetting {
  constructor(private readonly transactions: Transactions) {}

  @Cron('stripe.forget', '53 3 * * *')
  async forget(): Promise<void> {
    await this.transactions.query(
      `delete from stripe.inbox_events where state = 'done' and done_at < now() - ${KEPT}`,
    );
    await this.transactions.query(
      `update stripe.attempts set request = '{}'
       where state <> 'open' and finished_at < now() - ${KEPT} and request <> '{}'`,
    );
  }
}
