import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config, ConfigError, projectRoot } from './index.js';

describe('Config', () => {
  it('names every mistake at once', () => {
    const make = () => new Config({ STRIPE_SECRET_KEY: 'pk_test_1', SMTP_URL: 'nonsense', PORT: 'x' });
    expect(make).toThrow(ConfigError);
    for (const part of [
      'DATABASE_URL is missing',
      'STRIPE_SECRET_KEY must begin',
      'SMTP_URL must be',
      'PORT must be',
    ])
      expect(make).toThrow(part);
  });

  it('trusts the proxies that are named and no mistake', () => {
    const make = (TRUST_PROXY?: string) =>
      new Config({ DATABASE_URL: 'postgres://x/y', STRIPE_SECRET_KEY: 'sk_test_1', TRUST_PROXY }).trustProxy;
    expect(make()).toBeNull();
    expect(make('0')).toBeNull();
    expect(make('1')).toBe('loopback, linklocal, uniquelocal');
    expect(make('loopback, 173.245.48.0/20, 2400:cb00::/32')).toBe(
      'loopback, 173.245.48.0/20, 2400:cb00::/32',
    );
    for (const wrong of ['true', '2', '10.0.0.0/33', 'proxy.example'])
      expect(() => make(wrong)).toThrow('TRUST_PROXY');
  });

  it('refuses a live key for a demo or without https', () => {
    const make = () =>
      new Config({ DATABASE_URL: 'postgres://x/y', STRIPE_SECRET_KEY: 'sk_live_1', DEMO: '1' });
    expect(make).toThrow('DEMO=1');
    expect(make).toThrow('https://');
  });

  it('reads no setting that .env.example does not name', () => {
    const read: string[] = [];
    const env = new Proxy<Record<string, string>>({}, { get: (_, name) => void read.push(String(name)) });
    expect(() => new Config(env)).toThrow(ConfigError);
    expect(read.length).toBeGreaterThan(10);
    const named = readFileSync(join(projectRoot, '.env.example'), 'utf8').match(/(?<=^# )[A-Z_]+(?==)/gm);
    expect([...new Set(read)].sort()).toEqual([...named!].sort());
  });
});
