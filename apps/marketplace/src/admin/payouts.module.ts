import { Module } from '@nestjs/common';
import { PayoutsModule } from '#payouts';
import { SellersModule } from '#sellers';
import { AdminPayoutsApi, AdminPayoutsCsv } from './payouts.api.js';
import { AdminPayoutsPages } from './payouts.pages.js';

/** Payouts on the admin desk. */
@Module({
  imports: [PayoutsModule, SellersModule],
  controllers: [AdminPayoutsApi, AdminPayoutsCsv, AdminPayoutsPages],
})
export class AdminPayoutsDoorModule {}
