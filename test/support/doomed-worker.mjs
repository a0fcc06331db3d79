/** A worker process that is killed in the middle of the job `test.doom`, the way a power cut would. */
import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const { dist } = JSON.parse(process.argv[2]);
const { Config, JobHandler, JobRunner, PlatformModule } = await import(
  pathToFileURL(join(dist, 'libs/platform/src/index.js')).href
);

class Doom {
  doom() {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  }
}
JobHandler('test.doom')(Doom.prototype, 'doom', Object.getOwnPropertyDescriptor(Doom.prototype, 'doom'));

class Doomed {}
Module({ imports: [PlatformModule.forRoot(new Config(process.env))], providers: [Doom] })(Doomed);
const context = await NestFactory.createApplicationContext(Doomed, { logger: false });
await context.get(JobRunner).start({ crons: false });
setTimeout(() => process.exit(1), 20_000);
