import { Module } from '@nestjs/common';
import { PayoutsModule } from '#payouts';
import { SellersModule } from '#sellers';
import { SellerBalanceApi } from './balance.api.js';
import { SellerBalancePages } from './balance.pages.js';
import { SellerPayoutsApi, SellerPayoutsCsv } from './payouts.api.js';
import { SellerPayoutsPages } from './payouts.pages.js';

/** A seller's money at Stripe: balance and payouts. */
@Module({
  imports: [PayoutsModule, SellersModule],
  controllers: [SellerBalanceApi, SellerBalancePages, SellerPayoutsApi, SellerPayoutsCsv, SellerPayoutsPages],
})
export class SellerPayoutsDoorModule {}
