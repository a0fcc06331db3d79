import { type DynamicModule, Module } from '@nestjs/common';
import { type Config, PlatformModule } from '#platform';
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
      ],
    };
  }
}
