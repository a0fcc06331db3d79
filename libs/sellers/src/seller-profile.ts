import { Injectable } from '@nestjs/common';
import { type Actor } from '#kernel';
import { Audit } from '#audit';
import { Transactions } from '#platform';
import { Sellers } from './sellers.service.js';
import type { SellerView } from './seller.view.js';

/** What a shop says about itself. */
@Injectable()
export class SellerProfile {
  constructor(
    private readonly transactions: Transactions,
    private readonly sellers: Sellers,
    private readonly audit: Audit,
  ) {}

  /** Name and description; the shop's address stays, so that no link to it breaks. */
  async describe(
    actor: Actor,
    sellerId: string,
    shop: { name: string; description: string },
  ): Promise<SellerView> {
    const before = await this.sellers.requireMember(actor, sellerId);
    await this.transactions.run(async () => {
      await this.transactions.write(`update sellers.sellers set name = $2, description = $3 where id = $1`, [
        sellerId,
        shop.name,
        shop.description,
      ]);
      await this.audit.write({
        actor,
        action: 'seller.described',
        subject: sellerId,
        before: { name: before.name, description: before.description },
        after: shop,
      });
    });
    return this.sellers.byId(sellerId);
  }
}
