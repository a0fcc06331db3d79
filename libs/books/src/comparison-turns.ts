import { Injectable } from '@nestjs/common';
import { PLATFORM } from '#ledger';
import { Config, Transactions } from '#platform';

/** The check begins every hour and asks for so much of what Stripe allows in that time: a checkout's calls come first. */
const CHECK_S = 3600;
const SHARE = 20;
/** The balance twice, what is new, the list of balance transactions and that of payouts; one more per hundred rows of a list. */
const CALLS_PER_COMPARISON = 5;
/** In so many checks every account has its turn, so that a day has some to spare. */
const CHECKS_PER_TURN = 20;

/** Which sellers' accounts the next scheduled check compares with Stripe; one that somebody asks for compares all. */
@Injectable()
export class ComparisonTurns {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  /** How many accounts a check may compare: 3,600 in live mode, 900 in test mode. */
  get limit(): number {
    const calls = (CHECK_S * this.config.stripeRequestsPerSecond) / SHARE;
    return Math.max(1, Math.floor(calls / CALLS_PER_COMPARISON));
  }

  /**
   * Those where something moved since they were compared, and of the others a twentieth, those compared longest ago. Where
   * that is more than the limit, both lines go on alternately: neither keeps the other waiting.
   */
  async next(limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ stripe_account: string }>(
      `select stripe_account from (
         select stripe_account, moved_at > compared_at as moved, count(*) over () as accounts,
           row_number() over (partition by moved_at > compared_at order by compared_at, stripe_account) as place
         from books.accounts where stripe_account <> $2) line
       where moved or place <= ceil(accounts / $3::numeric)
       order by place, moved desc limit $1`,
      [limit, PLATFORM, CHECKS_PER_TURN],
    );
    return rows.map((row) => row.stripe_account);
  }
}
