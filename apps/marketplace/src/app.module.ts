import { type DynamicModule, Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { CheckoutModule } from '#checkout';
import { FilesModule } from '#files';
import { NotificationsModule } from '#notifications';
import { PayoutsModule } from '#payouts';
import { type Config, PlatformModule } from '#platform';
import { ReconciliationModule } from '#reconciliation';
import { RefundsModule } from '#refunds';
import { SellersModule } from '#sellers';
import { StripeModule } from '#stripe';
import { AdminBooksDoorModule } from './admin/books.module.js';
import { AdminMoneyDoorModule } from './admin/money-door.module.js';
import { AdminPayoutsDoorModule } from './admin/payouts.module.js';
import { AdminSellersDoorModule } from './admin/sellers.module.js';
import { AuditDoorModule } from './admin/audit-door.module.js';
import { AuthModule } from './auth/auth.module.js';
import { DemoDoorModule } from './demo/demo.module.js';
import { DocsModule } from './docs/docs.module.js';
import { HttpModule } from './http/index.js';
import { SellerListingsDoorModule } from './seller/listings.module.js';
import { SellerOnboardingDoorModule } from './seller/onboarding.module.js';
import { SellerOrdersDoorModule } from './seller/orders.module.js';
import { SellerPayoutsDoorModule } from './seller/payouts.module.js';
import { CatalogDoorModule } from './storefront/catalog-door.module.js';
import { SellerRefundsDoorModule } from './seller/refunds.module.js';
import { CheckoutDoorModule } from './storefront/checkout-door.module.js';
import { AccountWebhooksModule, PaymentWebhooksModule } from './webhooks/index.js';

/** The whole monolith: every module is in every process; the doors are in this one. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config),
        StripeModule,
        HttpModule,
        // Libs and doors, one per line.
        CatalogModule,
        CheckoutModule,
        FilesModule,
        NotificationsModule,
        PayoutsModule,
        ReconciliationModule,
        RefundsModule,
        SellersModule,
        AccountWebhooksModule,
        AdminBooksDoorModule,
        AdminMoneyDoorModule,
        AdminPayoutsDoorModule,
        AdminSellersDoorModule,
        AuthModule,
        AuditDoorModule,
        CatalogDoorModule,
        CheckoutDoorModule,
        DemoDoorModule,
        DocsModule,
        PaymentWebhooksModule,
        SellerListingsDoorModule,
        SellerOnboardingDoorModule,
        SellerOrdersDoorModule,
        SellerPayoutsDoorModule,
        SellerRefundsDoorModule,
      ],
    };
  }
}
