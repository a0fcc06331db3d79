/** A worker process that is killed in the middle of one of Stripe's events. */
import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const { dist } = JSON.parse(process.argv[2]);
const lib = (name) => import(pathToFileURL(join(dist, `libs/${name}/src/index.js`)).href);
const { Config, JobRunner, PlatformModule } = await lib('platform');
const { InboxWorker, StripeModule, StripeObject, subscribedEvents } = await lib('stripe');

class Doom {
  fetch() {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  }
  record() {}
}
StripeObject({ object: 'everything', events: subscribedEvents, idFrom: 'object' })(Doom);

class Doomed {}
Module({ imports: [PlatformModule.forRoot(new Config(process.env)), StripeModule], providers: [Doom] })(
  Doomed,
);
const context = await NestFactory.createApplicationContext(Doomed, { logger: false });
const jobs = context.get(JobRunner);
await jobs.start({ crons: false });
context.get(InboxWorker).start();
setTimeout(() => process.exit(1), 20_000);
