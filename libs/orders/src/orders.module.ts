import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { FeesModule } from '#fees';
import { SellersModule } from '#sellers';
import { OrderLists } from './order-lists.js';
import { OrderPayments } from './order-payments.js';
import { OrderReader } from './order-reader.js';
import { Orders } from './orders.service.js';
import { PlaceOrder } from './place-order.js';
import { Quotes } from './quotes.js';
import { Shipping } from './shipping.js';

const face = [Orders, OrderLists, OrderPayments, PlaceOrder, Quotes, Shipping];

@Module({
  imports: [CatalogModule, FeesModule, SellersModule],
  providers: [OrderReader, ...face],
  exports: face,
})
export class OrdersModule {}
