import { type DynamicModule, Module } from '@nestjs/common';
import { NotificationsModule } from '#notifications';
import { type Config, PlatformModule } from '#platform';
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
        NotificationsModule,
        SellersModule,
      ],
    };
  }
}
