import { Injectable } from '@nestjs/common';
import { OrderPaid, OrderRefunded, Orders, OrderShipped, type OrderView } from '#orders';
import { Config, Subscribe, Transactions } from '#platform';
import { Sellers } from '#sellers';
import type { MailWords } from './letter.js';
import { Mailer } from './mailer.service.js';
import { ShopPeople } from './shop-people.js';

/** Mails about orders, to who bought and who sold. */
@Injectable()
export class OrderMails {
  constructor(
    private readonly transactions: Transactions,
    private readonly mailer: Mailer,
    private readonly orders: Orders,
    private readonly sellers: Sellers,
    private readonly people: ShopPeople,
    private readonly config: Config,
  ) {}

  @Subscribe(OrderPaid, 'notifications')
  async onPaid({ orderId }: { orderId: string }): Promise<void> {
    const { order, shop } = await this.read(orderId);
    await this.toBuyer(`order_paid ${orderId}`, order, {
      subject: `Your order from ${shop}`,
      paragraphs: [
        `Thank you. ${shop} has your order, and ${order.split.charged.format('en')} is paid:`,
        goodsOf(order),
        `It goes to ${order.shipTo.name}, ${order.shipTo.line1}, ${order.shipTo.city}. We write again when it is on its way.`,
      ],
      label: 'See your order and receipt',
    });
    await this.people.write(`order_sold ${orderId}`, order.sellerId, 'everybody', {
      subject: 'You sold something',
      paragraphs: [
        goodsOf(order),
        `The buyer paid ${order.split.charged.format('en')}, of which ${order.split.sellerNet.format('en')} is yours. Send it, and mark it as shipped.`,
      ],
      action: { label: 'See the order', url: this.url(`/seller/${order.sellerId}/orders/${orderId}`) },
    });
  }

  @Subscribe(OrderShipped, 'notifications')
  async onShipped({ orderId }: { orderId: string }): Promise<void> {
    const { order, shop } = await this.read(orderId);
    const by = order.carrier ? ` with ${order.carrier}` : '';
    const tracking = order.trackingNumber ? [`Tracking number: ${order.trackingNumber}`] : [];
    await this.toBuyer(`order_shipped ${orderId}`, order, {
      subject: `Your order from ${shop} is on its way`,
      paragraphs: [`${shop} has sent your order${by}:`, goodsOf(order), ...tracking],
      label: 'See your order',
    });
  }

  @Subscribe(OrderRefunded, 'notifications')
  async onRefunded({ orderId }: { orderId: string }): Promise<void> {
    const { order, shop } = await this.read(orderId);
    await this.toBuyer(`order_refunded ${orderId}`, order, {
      subject: `Your order from ${shop} was refunded`,
      paragraphs: [
        `${order.refunded.format('en')} is on its way back to how you paid. Banks take up to ten days to show it.`,
        goodsOf(order),
      ],
      label: 'See your order',
    });
  }

  private async read(orderId: string): Promise<{ order: OrderView; shop: string }> {
    const order = await this.orders.byId(orderId);
    if (!order) throw new Error(`order ${orderId} does not exist`);
    return { order, shop: (await this.sellers.byId(order.sellerId)).name };
  }

  private async toBuyer(
    about: string,
    order: OrderView,
    words: { subject: string; paragraphs: string[]; label: string },
  ): Promise<void> {
    await this.transactions.run(async () => {
      // Who has an account signs in; a guest's purchase is reached by a link that nobody can guess.
      const token = order.buyerId ? null : await this.orders.issueLinkToken(order.purchaseId);
      const path = `/purchases/${order.purchaseId}${token ? `?token=${token}` : ''}`;
      const { label, ...rest } = words;
      const mail: MailWords = {
        ...rest,
        greeting: `Hello ${order.shipTo.name},`,
        action: { label, url: this.url(path) },
      };
      await this.mailer.write(about, order.email, mail);
    });
  }

  private url(path: string): string {
    return this.config.publicUrl + path;
  }
}

/** "2 × Bowl (large), 1 × Teapot" */
function goodsOf(order: OrderView): string {
  return order.lines
    .map((line) => `${line.quantity} × ${line.title}${line.variantName ? ` (${line.variantName})` : ''}`)
    .join(', ');
}
