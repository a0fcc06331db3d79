import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { PayoutFailed, Payouts } from '#payouts';
import { Config, Subscribe } from '#platform';
import { Sellers, SellerSellingChanged } from '#sellers';
import { ShopPeople } from './shop-people.js';

/** Mails about a shop's standing and its money, to its owners. */
@Injectable()
export class ShopMails {
  constructor(
    private readonly sellers: Sellers,
    private readonly payouts: Payouts,
    private readonly people: ShopPeople,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Subscribe(SellerSellingChanged, 'notifications')
  async onSellingChanged({ sellerId, canSell }: { sellerId: string; canSell: boolean }): Promise<void> {
    const shop = await this.sellers.byId(sellerId);
    // It has changed back since: the mail would be news of yesterday.
    if (shop.canSell !== canSell) return;
    // At most one mail an hour for a shop that opens and closes again and again.
    const hour = this.clock.now().toISOString().slice(0, 13);
    const open = `${this.config.publicUrl}/seller/${sellerId}`;
    if (canSell)
      return this.people.write(`shop_opened ${sellerId} ${hour}`, sellerId, 'owners', {
        subject: `${shop.name} is open`,
        paragraphs: ['Stripe has what it needs: buyers can see and buy your goods from now on.'],
        action: { label: 'Go to your shop', url: open },
      });
    const wanted = shop.requirements.filter((requirement) => requirement.who === 'you');
    const why = shop.suspended
      ? [`It was suspended: ${shop.suspended.reason}`]
      : wanted.map(({ words, problem }) => (problem ? `${words}: ${problem}` : words));
    await this.people.write(`shop_closed ${sellerId} ${hour}`, sellerId, 'owners', {
      subject: `${shop.name} needs your attention`,
      paragraphs: [
        'Nothing can be bought in your shop until this is settled. Orders that are paid stay as they are.',
        ...(why.length > 0 ? why : ['Stripe is looking at your account and asks you for nothing yet.']),
      ],
      action: { label: 'See what to do', url: open },
    });
  }

  @Subscribe(PayoutFailed, 'notifications')
  async onPayoutFailed({ payoutId, sellerId }: { payoutId: string; sellerId: string | null }): Promise<void> {
    // The platform's own payouts are on the admin desk.
    if (sellerId === null) return;
    const { payout } = await this.payouts.story(payoutId);
    await this.people.write(`payout_failed ${payoutId}`, sellerId, 'owners', {
      subject: 'A payout did not arrive',
      paragraphs: [
        `Your payout of ${payout.amount.format('en')} came back from the bank, and is in your balance again.`,
        ...(payout.failure ? [payout.failure] : []),
      ],
      action: {
        label: 'See the payout',
        url: `${this.config.publicUrl}/seller/${sellerId}/payouts/${payoutId}`,
      },
    });
  }
}
