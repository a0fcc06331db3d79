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

/**
 * E-mail addresses inside sentences, such as a mail server's or Stripe's errors; and with them the passwords of
 * database addresses. Paths of packages such as `@nestjs/core` are none.
 */
const ADDRESS = /[\p{L}\p{N}.!#$%&'*+=?^_{|}~-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu;

const KEPT_OUT = '[kept out]';

function readable(details: unknown): object {
  if (typeof details !== 'object' || details === null) return {};
  return Object.fromEntries(
    Object.entries(details).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? withoutAddresses(value) : value,
    ]),
  );
}

const withoutAddresses = (text: string): string => text.replace(ADDRESS, KEPT_OUT);

/** JSON lines on standard output, also for Nest itself. */
@Injectable()
export class Log implements LoggerService {
  private readonly pino: Logger;

  constructor(config: Config) {
    this.pino = pino({
      level: config.logLevel,
      base: null,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: KEPT_OUT },
    });
  }

  info(message: string, details: object = {}): void {
    this.write('info', message, details);
  }

  log(message: string): void {
    this.write('debug', message);
  }

  debug(message: string, details?: unknown): void {
    this.write('debug', message, details);
  }

  warn(message: string, details?: unknown): void {
    this.write('warn', message, details);
  }

  /** `details.error` is an Error: its message and stack are written, its other fields are not. */
  error(message: string, details?: unknown): void {
    if (details instanceof Error) return this.write('error', message, reasonOf(details));
    const { error, ...rest } = (typeof details === 'object' ? details : {}) as { error?: unknown };
    this.write('error', message, { ...rest, ...reasonOf(error) });
  }

  private write(level: 'debug' | 'info' | 'warn' | 'error', message: string, details?: unknown): void {
    if (this.pino.isLevelEnabled(level)) this.pino[level](readable(details), withoutAddresses(message));
  }
}

function reasonOf(error: unknown): object {
  if (error instanceof Error) return { reason: error.message, stack: error.stack };
  return error ? { reason: String(error) } : {};
}
