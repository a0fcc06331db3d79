import { Browser, type Answer } from '../support/browser-like.js';
import { Bench } from './support.js';

describe('the dashboards of sellers and of the platform', () => {
  let bench: Bench;
  let browser: Browser;
  beforeEach(async () => {
    bench = await Bench.start();
    browser = new Browser(bench.emulator.url);
  });
  afterEach(() => bench.stop());

  describe('the Express dashboard', () => {
    it('shows the balance and takes another bank account, for a few minutes', async () => {
      const seller = await bench.seller();
      await bench.sale({ seller, amount: 5000, fee: 500 });
      const { url } = await bench.stripe.accounts.createLoginLink(seller);
      const path = new URL(url).pathname;
      expect((await browser.open(path)).text).toContain('$45.00');
      expect((await browser.open(`${path}/payments`)).text).toContain('−$5.00');
      expect((await browser.post(`${path}/bank`, { routing_number: '1', account_number: '1' })).status).toBe(
        422,
      );
      const changed = await browser.submit(`${path}/bank`, {
        routing_number: '110000000',
        account_number: '000111111116',
      });
      expect(changed.text).toContain('•••• 1116');
      await bench.advance(1);
      expect((await browser.open(path)).status).toBe(410);
    });
  });

  describe("the platform's dashboard", () => {
    it('lets one be the buyer who disputes a payment, and the bank that decides', async () => {
      const charge = await bench.sale({ amount: 4000 });
      const payment = `/dashboard/payments/${charge.payment_intent as string}`;
      expect((await browser.open(payment)).text).toContain('Dispute it as the buyer');
      const opened = await browser.submit(`${payment}/dispute`, { reason: 'inquiry' });
      expect(opened.text).toContain('Inquiry needs an answer');
      const [dispute] = (await bench.stripe.disputes.list()).data;
      const page = `/dashboard/disputes/${bench.platform}/${dispute!.id}`;
      expect((await browser.submit(page, { action: 'escalate' })).text).toContain('Needs an answer');
      expect((await browser.open(payment)).text).not.toContain('Dispute it as the buyer');
      const answered = await browser.submit(page, { action: 'answer', evidence: 'It was signed for.' });
      expect(answered.text).toContain('It was signed for.');
      expect((await bench.stripe.disputes.retrieve(dispute!.id)).status).toBe('under_review');
      expect((await browser.submit(page, { action: 'won' })).text).toContain('Won');
      expect((await browser.open('/dashboard/disputes')).text).toContain('$40.00');
    });

    it('shows payments, events and calls, each list page by page', async () => {
      const seller = await bench.seller();
      for (let sale = 0; sale < 14; sale += 1) await bench.sale({ seller, amount: 1000 + sale, fee: 100 });
      expect((await browser.open('/')).text).toContain('$10.13');
      const [newest] = (await bench.stripe.paymentIntents.list({ limit: 1 })).data;
      expect((await browser.open(`/dashboard/payments/${newest!.id}`)).text).toContain('Application fee');

      const seen: string[] = [];
      for (let next: string | undefined = '/dashboard/events'; next;) {
        const page: Answer = await browser.open(next);
        seen.push(...[...page.text.matchAll(/\/dashboard\/events\/(evt_\w+)/g)].map((match) => match[1]!));
        next = /href="([^"]+)" rel="next"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
      }
      const { store, platform } = bench.emulator.engine;
      const made = [
        ...store.all('event', platform),
        ...store.all('event', seller),
        ...store.all('thin_event', platform),
      ];
      expect(seen).toHaveLength(made.length);
      expect(new Set(seen)).toEqual(new Set(made.map((event) => event.id)));

      await bench.stripe.paymentIntents.retrieve('pi_none').catch(() => null);
      const log = await browser.open('/dashboard/requests');
      expect(log.text).toContain('/v1/payment_intents/pi_none');
      expect(log.text).toContain('No such');
    });

    it('restricts, restores and asks an account, and lets a payout fail', async () => {
      const seller = await bench.seller();
      await bench.sale({ seller, amount: 5000 });
      const page = `/dashboard/accounts/${seller}`;
      expect((await browser.submit(page, { action: 'restrict', reason: 'restricted_other' })).text).toContain(
        'Restore the account',
      );
      expect((await bench.stripe.accounts.retrieve(seller)).capabilities).toEqual({ transfers: 'inactive' });
      await browser.post(page, { action: 'restore' });
      expect((await bench.stripe.accounts.retrieve(seller)).capabilities).toEqual({ transfers: 'active' });
      const asked = await browser.submit(page, {
        action: 'require',
        field: 'individual.verification.document',
        hours: '24',
      });
      expect(asked.text).toContain('Identity document');
      await browser.post(page, { action: 'restore' });
      expect((await browser.post(page, { action: 'nonsense' })).status).toBe(400);

      await bench.advance(4);
      const [payout] = (await bench.stripe.payouts.list({}, { stripeAccount: seller })).data;
      const failed = await browser.submit(`/dashboard/payouts/${seller}/${payout!.id}/fail`);
      expect(failed.text).toContain('The bank account has been closed.');
    });

    it('moves the clock, plans faults, and refuses a form of another site', async () => {
      const before = bench.emulator.engine.clock.now();
      await browser.post('/dashboard/clock', { forward: 'day' });
      expect(bench.emulator.engine.clock.now() - before).toBe(86_400_000);
      await browser.post('/dashboard/clock', { forward: 'payouts' });
      expect(bench.emulator.engine.clock.iso()).toBe('2026-11-27T00:00:01.000Z');

      const fault = { route: 'GET /v1/balance', answer: '500', when: 'before', skip: '0', times: '1' };
      expect((await browser.post('/dashboard/faults/api', { ...fault, times: '0' })).status).toBe(422);
      await browser.post('/dashboard/faults/api', fault);
      await expect(bench.stripe.balance.retrieve()).rejects.toThrow(
        'a fault that this emulator was asked for',
      );
      await bench.stripe.balance.retrieve();

      const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };
      const foreign = await browser.send('POST', '/dashboard/clock', 'forward=week', form);
      expect(foreign.status).toBe(403);
    });
  });
});
