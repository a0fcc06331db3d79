import { Global, Module } from '@nestjs/common';
import { AttemptWorker } from './attempt-worker.js';
import { Attempts } from './attempts.js';
import { Destinations } from './destinations.js';
import { Forgetting } from './forgetting.js';
import { InboxIntake } from './inbox-intake.js';
import { InboxView } from './inbox-view.js';
import { InboxWorker } from './inbox-worker.js';
import { PlatformAccount } from './platform-account.js';
import { StripeRegistry } from './registry.js';
import { StripeApi } from './stripe-api.js';
import { StripeSweeps } from './sweeps.js';

const services = [
  StripeApi,
  Attempts,
  AttemptWorker,
  Destinations,
  Forgetting,
  InboxIntake,
  InboxView,
  InboxWorker,
  PlatformAccount,
  StripeRegistry,
  StripeSweeps,
];

@Global()
@Module({ providers: services, exports: services })
export class StripeModule {}
