import { Module } from '@nestjs/common';
import { PayoutsModule } from '#payouts';
import { ReportsModule } from '#reports';
import { SellersModule } from '#sellers';
import { BecomeASellerPages } from './become-a-seller.pages.js';
import { SellersApi } from './onboarding.api.js';
import { OnboardingPages } from './onboarding.pages.js';
import { OverviewPages } from './overview.pages.js';
import { SettingsPages } from './settings.pages.js';
import { ShopOverview } from './shop-overview.js';

/** Becoming a seller, the way to Stripe and back, overview and settings. */
@Module({
  imports: [PayoutsModule, ReportsModule, SellersModule],
  controllers: [BecomeASellerPages, OnboardingPages, OverviewPages, SettingsPages, SellersApi],
  providers: [ShopOverview],
})
export class SellerOnboardingDoorModule {}
