import { type DynamicModule, Module } from '@nestjs/common';
import { NotificationsModule } from '#notifications';
import { type Config, PlatformModule } from '#platform';
import { StripeModule } from '#stripe';
import { AuthModule } from './auth/auth.module.js';
import { HttpModule } from './http/index.js';

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
        NotificationsModule,
        AuthModule,
      ],
    };
  }
}
