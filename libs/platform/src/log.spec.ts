import { symbols } from 'pino';
import { Config } from './config.js';
import { Log } from './log.js';

describe('the log', () => {
  const written: string[] = [];
  const log = new Log(new Config({ DATABASE_URL: 'postgres://x/y', STRIPE_SECRET_KEY: 'sk_test_1' }));
  (log as unknown as { pino: Record<symbol, unknown> }).pino[symbols.streamSym] = {
    write: (line: string) => written.push(line),
  };
  beforeEach(() => {
    written.length = 0;
  });

  it('writes what happened, and where', () => {
    log.error('a request failed', { error: new Error('no such table'), route: '/cart' });
    expect(JSON.parse(written.join(''))).toMatchObject({
      level: 50,
      msg: 'a request failed',
      reason: 'no such table',
      route: '/cart',
      stack: expect.stringContaining('log.spec'),
    });
  });

  it('keeps personal data and secrets out, by their names and inside sentences', () => {
    log.info('a person', {
      email: 'ada@example.com',
      buyer: { name: 'Ada', phone: '+4414602' },
      token: 'tok',
    });
    log.error('Stripe refused', { error: new Error('Invalid email address: ada.l+x@mail.example.com') });
    log.error('the start failed', new Error('postgres://app:hunter2@db.example.com/shop does not answer'));
    log.warn('Failed task 7 for größe@bücher.example', { reason: '550 <ada@example.com> no such mailbox' });
    log.warn('no details', null);
    expect(written).toHaveLength(5);
    expect(written.join('')).not.toMatch(/\bada\b|4414602|"tok"|hunter2|größe|bücher/i);
    expect(written.join('')).toContain('550 <[kept out]> no such mailbox');
  });
});
