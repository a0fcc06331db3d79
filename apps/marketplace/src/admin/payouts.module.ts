import { Module } from '@nestjs/common';
import { PayoutsModule } from '#payouts';
import { SellersModule } from '#sellers';
import { AdminPayoutsApi, AdminPayoutsCsv } from './payouts.api.js';
import { AdminPayoutsPages } from './payouts.pages.js';
import { ShopFilter } from './shop-filter.js';

/** Payouts on the admin desk. */
@Module({
  imports: [PayoutsModule, SellersModule],
  controllers: [AdminPayoutsApi, AdminPayoutsCsv, AdminPayoutsPages],
  providers: [ShopFilter],
})
export class AdminPayoutsDoorModule {}
