import { Module } from '@nestjs/common';
import { RefundsModule } from '#refunds';
import { SellersModule } from '#sellers';
import { SellerRefundsApi } from './refunds.api.js';
import { SellerRefundPages } from './refunds.pages.js';

/** Refunds on a shop's desk. */
@Module({
  imports: [RefundsModule, SellersModule],
  controllers: [SellerRefundsApi, SellerRefundPages],
})
export class SellerRefundsDoorModule {}
