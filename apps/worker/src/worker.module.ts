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

/** The same libs as the marketplace, without doors. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(config),
        StripeModule,
        // Libs, one per line.
        CatalogModule,
        CheckoutModule,
        FilesModule,
        NotificationsModule,
        PayoutsModule,
        ReconciliationModule,
        RefundsModule,
        SellersModule,
      ],
    };
  }
}
