import { Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ErrorFilter } from './error.filter.js';
import { fieldErrors, validationFailed, validatorOptions } from './forms.js';
import { HealthController } from './health.controller.js';
import { ReadablePipe } from './readable.js';
import { RenderInterceptor } from './render.interceptor.js';

@Module({
  controllers: [HealthController],
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: RenderInterceptor },
    { provide: APP_PIPE, useClass: ReadablePipe },
    {
      provide: APP_PIPE,
      useFactory: () =>
        new ValidationPipe({
          ...validatorOptions,
          transform: true,
          exceptionFactory: (errors) => validationFailed(fieldErrors(errors)),
        }),
    },
  ],
})
export class HttpModule {}
