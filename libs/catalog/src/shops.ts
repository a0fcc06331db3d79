import { Injectable } from '@nestjs/common';
import { Subscribe, Transactions } from '#platform';
import { Sellers, SellerSellingChanged } from '#sellers';

/** Whether a seller's listings are shown: the catalogue's own copy of what `sellers` says. */
@Injectable()
export class Shops {
  constructor(
    private readonly transactions: Transactions,
    private readonly sellers: Sellers,
  ) {}

  /** Events can come late or in another order, so the seller is asked again once nobody else can change the shop. */
  @Subscribe(SellerSellingChanged, 'catalog.shop')
  async refresh({ sellerId }: { sellerId: string }): Promise<void> {
    await this.transactions.run(async () => {
      await this.known(sellerId);
      await this.transactions.write(`select from catalog.shops where seller_id = $1 for update`, [sellerId]);
      const { canSell } = await this.sellers.byId(sellerId);
      await this.transactions.write(`update catalog.shops set open = $2 where seller_id = $1`, [
        sellerId,
        canSell,
      ]);
      await this.transactions.write(
        `update catalog.listings set shop_open = $2 where seller_id = $1 and shop_open <> $2`,
        [sellerId, canSell],
      );
    });
  }

  /** Whether the shop is open, kept so until the transaction ends: a listing made now is not missed when it changes. */
  async isOpen(sellerId: string): Promise<boolean> {
    await this.known(sellerId);
    const [shop] = await this.transactions.write<{ open: boolean }>(
      `select open from catalog.shops where seller_id = $1 for share`,
      [sellerId],
    );
    return shop!.open;
  }

  private async known(sellerId: string): Promise<void> {
    const { canSell } = await this.sellers.byId(sellerId);
    await this.transactions.write(
      `insert into catalog.shops (seller_id, open) values ($1, $2) on conflict do nothing`,
      [sellerId, canSell],
    );
  }
}
