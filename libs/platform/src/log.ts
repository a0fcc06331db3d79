import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { Config } from './config.js';

/** Names whose values never reach a log, whatever object they hang on. */
const secrets = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'number',
  'cvc',
  'email',
  'address',
  'name',
  'phone',
];

/** JSON lines on standard output, also for Nest itself. */
@Injectable()
export class Log implements LoggerService {
  private readonly pino: Logger;

  constructor(config: Config) {
    this.pino = pino({
      level: config.logLevel,
      base: null,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[kept out]' },
    });
  }

  info(message: string, details: object = {}): void {
    this.pino.info(details, message);
  }

  log(message: string): void {
    this.pino.debug(message);
  }

  debug(message: string, details: unknown = {}): void {
    this.pino.debug(typeof details === 'object' ? details : {}, message);
  }

  warn(message: string, details: unknown = {}): void {
    this.pino.warn(typeof details === 'object' ? details : {}, message);
  }

  /** `details.error` is an Error: its message and stack are written, its other fields are not. */
  error(message: string, details: unknown = {}): void {
    if (details instanceof Error)
      return this.pino.error({ reason: details.message, stack: details.stack }, message);
    const { error, ...rest } = (typeof details === 'object' ? details : {}) as { error?: unknown };
    const reason =
      error instanceof Error
        ? { reason: error.message, stack: error.stack }
        : error
          ? { reason: String(error) }
          : {};
    this.pino.error({ ...rest, ...reason }, message);
  }
}
