import { Module } from '@nestjs/common';
import { OrdersModule } from '#orders';
import { RefundsModule } from '#refunds';
import { ReportsModule } from '#reports';
import { SellersModule } from '#sellers';
import { SellerOrdersApi, SellerOrdersCsv } from './orders.api.js';
import { SellerOrdersPages } from './orders.pages.js';

/** Orders on a shop's desk. */
@Module({
  imports: [OrdersModule, RefundsModule, ReportsModule, SellersModule],
  controllers: [SellerOrdersApi, SellerOrdersCsv, SellerOrdersPages],
})
export class SellerOrdersDoorModule {}
