import { isIP } from 'node:net';
import { ConfigError } from './config-error.js';

/** All settings of web and worker, read from the environment once, with every mistake reported at the same time. */
export class Config {
  /** PostgreSQL 16 or newer, `postgres://…`. */
  readonly databaseUrl: string;
  /** Where the web listens. Default 3000. */
  readonly port: number;
  /** Default 127.0.0.1; a container sets 0.0.0.0. */
  readonly host: string;
  /** The address that people and Stripe use for us, without a slash at the end. Default http://localhost:PORT. */
  readonly publicUrl: string;
  /** Stripe's secret or restricted key. */
  readonly stripeKey: string;
  /** Only for another address than Stripe's own, such as the emulator's: `http://127.0.0.1:12111`. */
  readonly stripeApiBase: URL | null;
  /**
   * Calls per second and endpoint that this process may make: 25 in test mode, 100 live, Stripe's own limits
   * (docs.stripe.com/rate-limits). With several processes set their shares.
   */
  readonly stripeRequestsPerSecond: number;
  /** How many checkouts may begin without an account in half an hour from one network: each holds stock. Default 20. */
  readonly guestCheckouts: number;
  /** `smtp://user:password@host:587`. Without it mail is kept on a page of the demo. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Seeds demo data, shows the demo's sign-ins and mails. Never together with a live key. */
  readonly demo: boolean;
  /** How many database connections one process may hold. Default 10. */
  readonly databasePool: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /**
   * Reverse proxies whose X-Forwarded-For counts, as proxy-addr names them; null: none. The visitor's address is the
   * last one that no trusted proxy has: what stands before it, visitors can write themselves.
   */
  readonly trustProxy: string | null;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    const problems: string[] = [];
    const text = (name: string, fallback: string | null): string => {
      const value = env[name]?.trim() || fallback;
      if (value === null) problems.push(`${name} is missing`);
      return value ?? '';
    };
    const whole = (name: string, fallback: number): number => {
      const value = env[name]?.trim();
      if (!value) return fallback;
      if (!/^\d{1,5}$/.test(value)) problems.push(`${name} must be a whole number`);
      return Number(value);
    };
    const url = (name: string, protocols: string[]): URL | null => {
      const value = env[name]?.trim();
      if (!value) return null;
      if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return new URL(value);
      problems.push(
        `${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
      );
      return null;
    };

    this.databaseUrl = text('DATABASE_URL', null);
    if (this.databaseUrl) url('DATABASE_URL', ['postgres:', 'postgresql:']);
    this.port = whole('PORT', 3000);
    this.host = text('HOST', '127.0.0.1');
    this.publicUrl = (
      url('PUBLIC_URL', ['http:', 'https:'])?.href ?? `http://localhost:${this.port}`
    ).replace(/\/$/, '');
    this.stripeKey = text('STRIPE_SECRET_KEY', null);
    if (this.stripeKey && !/^(sk|rk)_(test|live)_\w+$/.test(this.stripeKey)) {
      problems.push('STRIPE_SECRET_KEY must begin with sk_test_, sk_live_, rk_test_ or rk_live_');
    }
    this.stripeApiBase = url('STRIPE_API_BASE', ['http:', 'https:']);
    this.stripeRequestsPerSecond = whole('STRIPE_REQUESTS_PER_SECOND', this.livemode ? 100 : 25);
    this.guestCheckouts = whole('GUEST_CHECKOUTS_PER_HALF_HOUR', 20);
    this.smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:'])?.href ?? null;
    this.mailFrom = text('MAIL_FROM', 'Guildhall <no-reply@localhost>');
    this.demo = env['DEMO'] === '1';
    this.databasePool = whole('DATABASE_POOL', 10);
    const level = text('LOG_LEVEL', 'info');
    if (!isLogLevel(level)) problems.push('LOG_LEVEL must be debug, info, warn, error or silent');
    this.logLevel = isLogLevel(level) ? level : 'info';
    const proxies = text('TRUST_PROXY', '0');
    this.trustProxy = proxies === '0' ? null : proxies === '1' ? PRIVATE_NETWORKS : proxies;
    if (this.trustProxy?.split(',').some((proxy) => !isProxy(proxy.trim())))
      problems.push('TRUST_PROXY must be 0, 1, or addresses such as 10.0.0.0/8 with commas between them');
    if (this.livemode && this.demo) problems.push('DEMO=1 can not be used with a live key');
    if (this.livemode && !this.publicUrl.startsWith('https://'))
      problems.push('PUBLIC_URL must start with https:// in live mode');
    if (problems.length > 0) throw new ConfigError(problems);
  }

  get livemode(): boolean {
    return this.stripeKey.includes('_live_');
  }
}

/** Where a proxy of one's own stands: on the same machine or in the same private network. */
const PRIVATE_NETWORKS = 'loopback, linklocal, uniquelocal';

function isProxy(text: string): boolean {
  if (PRIVATE_NETWORKS.split(', ').includes(text)) return true;
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  return (
    version !== 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
  );
}

function isLogLevel(value: string): value is Config['logLevel'] {
  return ['debug', 'info', 'warn', 'error', 'silent'].includes(value);
}
