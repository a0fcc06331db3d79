import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Users } from '#identity';
import { Transactions } from '#platform';
import { type Attempt, Attempts, type CallOptions, type StripeWrite, StripeWriteKind } from '#stripe';
import { PaymentsAtStripe } from './payments.stripe.js';

const KIND = 'customer.create';

/** Signed-in buyers as Stripe's customers, so that Stripe's page knows their e-mail and cards. */
@Injectable()
export class Customers {
  constructor(
    private readonly transactions: Transactions,
    private readonly attempts: Attempts,
    private readonly users: Users,
  ) {}

  /** Outside a transaction. Null where Stripe would not make one: the e-mail address then does. */
  async ensure(userId: string): Promise<string | null> {
    const known = await this.known(userId);
    if (known) return known;
    const user = (await this.users.byIds([userId])).get(userId);
    if (!user) return null;
    const attempt = await this.transactions.run(async () => {
      await this.transactions.write(
        `insert into payments.customers (user_id) values ($1) on conflict do nothing`,
        [userId],
      );
      return this.attempts.open(KIND, userId, {
        email: user.email,
        name: user.name,
        metadata: { user_id: userId },
      } satisfies Stripe.CustomerCreateParams);
    });
    await this.attempts.perform(attempt);
    return this.known(userId);
  }

  private async known(userId: string): Promise<string | null> {
    const [row] = await this.transactions.query<{ stripe_customer: string | null }>(
      `select stripe_customer from payments.customers where user_id = $1`,
      [userId],
    );
    return row?.stripe_customer ?? null;
  }
}

type Request = Stripe.CustomerCreateParams;

@StripeWriteKind(KIND)
@Injectable()
export class CreateCustomer implements StripeWrite<Request, { id: string }> {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: PaymentsAtStripe,
  ) {}

  call(request: Request, options: CallOptions): Promise<{ id: string }> {
    return this.stripe.createCustomer(request, options);
  }

  async record({ id }: { id: string }, attempt: Attempt<Request>): Promise<void> {
    await this.transactions.write(
      `update payments.customers set stripe_customer = coalesce(stripe_customer, $2) where user_id = $1`,
      [attempt.subject_id, id],
    );
  }

  /** The buyer pays with the e-mail address alone. */
  async refused(): Promise<void> {}

  find(attempt: Attempt<Request>): Promise<{ id: string } | null> {
    return this.stripe.customerOf(attempt.subject_id, attempt.request.email ?? '');
  }
}
