import { type DynamicModule, Module } from '@nestjs/common';
import { CheckoutModule } from '#checkout';
import { NotificationsModule } from '#notifications';
import { PayoutsModule } from '#payouts';
import { type Config, PlatformModule } from '#platform';
import { ReconciliationModule } from '#reconciliation';
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
        CheckoutModule,
        NotificationsModule,
        PayoutsModule,
        ReconciliationModule,
        SellersModule,
      ],
    };
  }
}
