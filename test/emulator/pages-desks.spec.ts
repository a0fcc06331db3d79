import { Browser, type Answer } from '../support/browser-like.js';
import { problemOf, valueOf } from './pages-support.js';
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

  describe('paying out by hand', () => {
    it('pays out what was asked for, lets it be called back, and leads back to the platform', async () => {
      const seller = await bench.seller();
      await bench.stripe.balanceSettings.update(
        { payments: { payouts: { schedule: { interval: 'manual' } } } },
        { stripeAccount: seller },
      );
      await bench.stripe.v2.core.accountLinks.create({
        account: seller,
        use_case: {
          type: 'account_onboarding',
          account_onboarding: {
            refresh_url: 'https://shop.example/refresh',
            return_url: 'https://shop.example/return?seller=1',
          },
        },
      });
      await bench.sale({ seller, amount: 5000, fee: 500 });
      await bench.advance(3);
      const path = new URL((await bench.stripe.accounts.createLoginLink(seller)).url).pathname;
      const balance = await browser.open(path);
      expect(balance.text).toContain('href="https://shop.example"');
      expect(balance.text).toContain('Nothing is paid out by itself');
      const form = await browser.open(`${path}/pay-out/usd`);
      expect(valueOf(form, 'amount')).toBe('45.00');
      const tooMuch = await browser.post(`${path}/pay-out/usd`, { amount: '45.01' });
      expect(tooMuch.status).toBe(422);
      expect(problemOf(tooMuch, 'amount')).toContain('You have $45.00 available');
      expect(problemOf(await browser.post(`${path}/pay-out/usd`, { amount: 'all' }), 'amount')).toContain(
        'Enter an amount like 45.00',
      );

      const sent = await browser.submit(`${path}/pay-out/usd`, { amount: '20' });
      expect(sent.text).toContain('The payout is on its way');
      const [payout] = (await bench.stripe.payouts.list({}, { stripeAccount: seller })).data;
      expect(payout).toMatchObject({ amount: 2000, automatic: false, status: 'pending' });
      expect(await bench.balance(seller)).toMatchObject({ available: 2500 });
      const back = await browser.submit(`${path}/payouts/${payout!.id}/cancel`);
      expect(back.text).toContain('The payout was called back');
      expect(await bench.balance(seller)).toMatchObject({ available: 4500 });
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

    it('shows direct charges among the payments, and whose a dispute is', async () => {
      const shop = await bench.stripe.accounts.create({
        country: 'US',
        business_profile: { name: 'Direct Shop' },
        capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
      });
      await bench.control(`/accounts/${shop.id}/complete_onboarding`, {});
      const direct = await bench.stripe.paymentIntents.create(
        {
          amount: 6200,
          currency: 'usd',
          payment_method: 'pm_card_createDispute',
          confirm: true,
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        },
        { stripeAccount: shop.id },
      );
      const seller = await bench.seller();
      await bench.sale({ seller, amount: 5100, card: '4000000000000259' });
      const list = await browser.open('/dashboard/payments');
      for (const words of ['$62.00', 'direct charge', '$51.00', 'Clay &amp; Co'])
        expect(list.text).toContain(words);
      const page = await browser.open(`/dashboard/payments/${direct.id}`);
      expect(page.text).toContain("On the account's balance");
      const disputes = await browser.open('/dashboard/disputes');
      expect(disputes.text).toContain(`/dashboard/accounts/${seller}`);
      expect(disputes.text).toContain(`/dashboard/accounts/${shop.id}`);
      expect(disputes.text).not.toContain(`/dashboard/accounts/${bench.platform}`);

      const only = await browser.open(`/dashboard/payments?account=${seller}&state=Disputed`);
      expect(only.text).toContain('$51.00');
      expect(only.text).not.toContain('$62.00');
      const none = await browser.open('/dashboard/payments?state=Declined');
      expect(none.text).toContain('Nothing matches this filter');
    });

    it('keeps a filter from page to page, and says what is due, whose and when', async () => {
      const seller = await bench.seller();
      for (let sale = 0; sale < 27; sale += 1) await bench.sale({ seller, amount: 1000 + sale });
      await bench.sale({ amount: 900 });
      const first = await browser.open(`/dashboard/payments?account=${seller}`);
      const next = /href="([^"]+)" rel="next"/.exec(first.text)![1]!.replaceAll('&amp;', '&');
      const second = await browser.open(next);
      expect(second.text).toContain('$10.01');
      expect(second.text).not.toContain('rel="next"');
      expect(first.text + second.text).not.toContain('$9.00');

      const clock = await browser.open('/dashboard/clock?what=funds.available');
      const earned = 27 * 1000 + (26 * 27) / 2;
      expect(clock.text).toContain(`$${(earned / 100).toFixed(2)}`);
      expect(clock.text).toContain(`/dashboard/accounts/${seller}`);
      await browser.post(`/dashboard/accounts/${seller}`, {
        action: 'require',
        field: 'individual.dob',
        hours: '24',
      });
      const deadlines = await browser.open('/dashboard/clock?what=requirement.deadline');
      expect(deadlines.text).toContain('Date of birth');
      const { id } = await bench.session({ amount: 4300 });
      const sessions = await browser.open('/dashboard/clock?what=session.expire');
      expect(sessions.text).toContain(`/c/pay/${id}`);
      expect(sessions.text).not.toContain('Money becomes available</');
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
