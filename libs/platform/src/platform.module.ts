import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock, SystemClock } from '#kernel';
import { Config } from './config.js';
import { dataSourceOptions } from './data-source.js';
import { IdempotencyKeys } from './idempotency.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.js';
import { Log } from './log.js';
import { SchemaVersion } from './migrate.js';
import { Outbox } from './outbox.js';
import { Transactions } from './transactions.js';

const services = [Log, SchemaVersion, Transactions, Jobs, JobRunner, Outbox, IdempotencyKeys];

@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        DiscoveryModule,
        TypeOrmModule.forRoot({
          ...dataSourceOptions(config.databaseUrl, config.databasePool),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
      ],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useClass: SystemClock },
        ...services,
      ],
      exports: [Config, Clock, DiscoveryModule, ...services],
    };
  }
}
