import { Module } from '@nestjs/common';
import { BooksModule } from '#books';
import { SellersModule } from '#sellers';
import { Payouts } from './payouts.js';
import { PayoutsCheck } from './payouts-check.js';
import { StripePayouts } from './payouts.stripe.js';
import { RecordPayout } from './record-payout.js';
import { PayoutSchedules } from './schedules.js';
import { SellerBalances } from './seller-balance.js';

@Module({
  imports: [BooksModule, SellersModule],
  providers: [Payouts, PayoutsCheck, PayoutSchedules, RecordPayout, SellerBalances, StripePayouts],
  exports: [Payouts, SellerBalances],
})
export class PayoutsModule {}
