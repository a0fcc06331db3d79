import { Injectable } from '@nestjs/common';
import { Users } from '#identity';
import { Transactions } from '#platform';
import { Sellers } from '#sellers';
import type { MailWords } from './letter.js';
import { Mailer } from './mailer.service.js';

/** Writes to the people of a shop: to each a mail of their own. */
@Injectable()
export class ShopPeople {
  constructor(
    private readonly transactions: Transactions,
    private readonly mailer: Mailer,
    private readonly sellers: Sellers,
    private readonly users: Users,
  ) {}

  async write(
    about: string,
    sellerId: string,
    who: 'everybody' | 'owners',
    words: Omit<MailWords, 'greeting'>,
  ): Promise<void> {
    const members = await this.sellers.membersOf(sellerId);
    const ids = members.filter(({ role }) => who === 'everybody' || role === 'owner').map((m) => m.userId);
    const users = await this.users.byIds(ids);
    await this.transactions.run(async () => {
      for (const user of users.values())
        if (!user.closedAt)
          await this.mailer.write(`${about} ${user.id}`, user.email, {
            ...words,
            greeting: `Hello ${user.name},`,
          });
    });
  }
}
