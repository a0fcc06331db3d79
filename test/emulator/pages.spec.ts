import { Browser, type Answer } from '../support/browser-like.js';
import { Bench } from './support.js';

const CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };
const PAYMENT = { method: 'card', email: 'jenny@example.com', name: 'Jenny Rosen', country: 'DE', ...CARD };
const REFRESH = 'https://shop.example/refresh';
const RETURN = 'https://shop.example/return';

const locationOf = (answer: Answer) => answer.headers.get('location') ?? '';

/** What the form of a page holds in a field. */
function valueOf(page: Answer, name: string): string | undefined {
  const input = new RegExp(`<input[^>]*name="${name}"[^>]*`).exec(page.text)?.[0];
  return input && (/value="([^"]*)"/.exec(input)?.[1] ?? '');
}

describe("the emulator's pages", () => {
  let bench: Bench;
  let browser: Browser;
  beforeEach(async () => {
    bench = await Bench.start();
    browser = new Browser(bench.emulator.url);
  });
  afterEach(() => bench.stop());

  describe('hosted checkout', () => {
    const open = async (options: Parameters<Bench['session']>[0] = {}) => {
      const session = await bench.session({ amount: 1200, currency: 'eur', ...options });
      return { session, path: new URL(session.url!).pathname };
    };
    /** Sends the form with the total that the page shows, as a browser would. */
    const pay = async (path: string, change: Record<string, string> = {}) => {
      const page = await browser.open(path);
      return browser.post(path, { ...PAYMENT, shown_total: valueOf(page, 'shown_total') ?? '', ...change });
    };
    const retrieve = (id: string) => bench.stripe.checkout.sessions.retrieve(id);

    it('shows what is bought and sends the buyer to the success URL with the session in it', async () => {
      const { session, path } = await open({ params: { customer_email: 'ada@example.com' } });
      const page = await browser.open(path);
      expect(page.status).toBe(200);
      expect(page.text).toContain('Pay €12.00');
      expect(page.text).toContain('Bowl');
      expect(page.text).toContain('https://shop.example/cart');
      expect(page.text).toContain('no real card');
      expect(valueOf(page, 'email')).toBe('ada@example.com');

      const paid = await pay(path);
      expect(paid.status).toBe(303);
      expect(locationOf(paid)).toBe(`https://shop.example/done?s=${session.id}`);
      expect(await retrieve(session.id)).toMatchObject({
        payment_status: 'paid',
        customer_details: { email: 'ada@example.com', name: 'Jenny Rosen' },
      });
    });

    it('shows a zero-decimal currency without decimals', async () => {
      const { path } = await open({ currency: 'jpy' });
      expect((await browser.open(path)).text).toContain('Pay ¥1,200');
    });

    it('says beside each field what is wrong, keeps what was typed, and charges nothing', async () => {
      const { session, path } = await open();
      const page = await pay(path, {
        number: '4242 4242 4242 4241',
        expiry: '01 / 20',
        cvc: '12',
        name: '',
        email: 'jenny',
      });
      expect(page.status).toBe(422);
      for (const message of [
        'card number is invalid',
        'is in the past',
        'security code is incomplete',
        'Enter the name',
        'Enter an email',
      ]) {
        expect(page.text).toContain(message);
      }
      expect(valueOf(page, 'email')).toBe('jenny');
      expect((await retrieve(session.id)).payment_intent).toBeNull();
    });

    it('takes no real card, and does not repeat its number', async () => {
      const { session, path } = await open();
      const page = await pay(path, { number: '4111 1111 1111 1111' });
      expect(page.status).toBe(422);
      expect(page.text).toContain('not a test card');
      expect(page.text).not.toContain('4111 1111');
      expect((await retrieve(session.id)).payment_intent).toBeNull();
    });

    it("shows a decline in Stripe's words, keeps the form but not the CVC, and can then be paid", async () => {
      const { session, path } = await open();
      const declined = await pay(path, { number: '4000000000009995' });
      expect(declined.status).toBe(402);
      expect(declined.text).toContain('Your card has insufficient funds.');
      expect(valueOf(declined, 'number')).toBe('4000000000009995');
      expect(valueOf(declined, 'name')).toBe('Jenny Rosen');
      expect(valueOf(declined, 'cvc')).toBe('');
      expect(await retrieve(session.id)).toMatchObject({ status: 'open', payment_status: 'unpaid' });

      expect((await pay(path)).status).toBe(303);
      expect(await retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
    });

    it('asks for 3-D Secure, goes back to the form when it fails, and on when it is completed', async () => {
      const { session, path } = await open();
      const challenged = await pay(path, { number: '4000002500003155' });
      expect(locationOf(challenged)).toBe(`${path}/3ds`);
      expect((await browser.open(`${path}/3ds`)).text).toContain('Complete authentication');
      const failed = await browser.submit(`${path}/3ds`, { outcome: 'fail' });
      expect(failed.path).toBe(path);
      expect(failed.text).toContain('We are unable to authenticate your payment method.');

      await pay(path, { number: '4000002500003155' });
      expect(locationOf(await browser.post(`${path}/3ds`, { outcome: 'complete' }))).toContain(session.id);
      expect((await retrieve(session.id)).payment_status).toBe('paid');
    });

    it('charges once however often it is sent', async () => {
      const { session, path } = await open();
      const answers = await Promise.all([pay(path), pay(path), pay(path)]);
      for (const answer of answers) expect(locationOf(answer)).toContain(session.id);
      const charges = await bench.stripe.charges.list({});
      expect(charges.data).toHaveLength(1);
      expect((await browser.open(path)).text).toContain('This has been paid');
    });

    it('says that a session has expired and can not be paid', async () => {
      const { session, path } = await open();
      const form = await browser.open(path);
      await bench.stripe.checkout.sessions.expire(session.id);
      for (const answer of [
        await browser.open(path),
        await browser.post(path, { ...PAYMENT, shown_total: valueOf(form, 'shown_total')! }),
      ]) {
        expect(answer.status).toBe(410);
        expect(answer.text).toContain('This payment page has expired');
      }
      expect((await bench.stripe.charges.list({})).data).toHaveLength(0);
      expect((await browser.open('/c/pay/cs_test_none')).status).toBe(404);
    });

    it.each([
      ['000123456789', 'paid'],
      ['000222222227', 'unpaid'],
    ])('completes a bank debit from %s at once, and days later it is %s', async (debit_account, outcome) => {
      const { session, path } = await open();
      const sent = await pay(path, { method: 'debit', debit_account, number: '', expiry: '', cvc: '' });
      expect(locationOf(sent)).toContain(session.id);
      expect(await retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
      await bench.advance(4);
      expect((await retrieve(session.id)).payment_status).toBe(outcome);
    });

    it('collects the address, and charges no total that the buyer has not seen', async () => {
      const rate = (amount: number) => ({
        shipping_rate_data: {
          type: 'fixed_amount' as const,
          display_name: 'Parcel',
          fixed_amount: { amount, currency: 'eur' },
        },
      });
      const { session, path } = await open({
        params: {
          shipping_address_collection: { allowed_countries: ['DE'] },
          shipping_options: [rate(300), rate(900)],
        },
      });
      const address = {
        shipping_name: 'Jenny Rosen',
        shipping_line1: 'Hauptstr. 1',
        shipping_city: 'Berlin',
        shipping_postal_code: '10115',
        shipping_country: 'DE',
      };
      expect((await pay(path)).text).toContain('Enter the street and house number.');
      expect((await pay(path, { ...address, shipping_country: 'US' })).text).toContain(
        'a country that it can be sent to',
      );
      const changed = await pay(path, { ...address, shipping_option: '1' });
      expect(changed.status).toBe(409);
      expect(changed.text).toContain('Pay €21.00');
      const paid = await browser.post(path, {
        ...PAYMENT,
        ...address,
        shipping_option: '1',
        shown_total: '2100',
      });
      expect(paid.status).toBe(303);
      expect(await retrieve(session.id)).toMatchObject({
        amount_total: 2100,
        collected_information: {
          shipping_details: { name: 'Jenny Rosen', address: { city: 'Berlin', country: 'DE' } },
        },
      });
    });

    it('charges nothing when the seller can no longer be paid', async () => {
      const seller = await bench.seller();
      const { path } = await open({ seller });
      await bench.control(`/accounts/${seller}/restrict`, {});
      const answer = await pay(path);
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('be paid at the moment');
      expect((await bench.stripe.charges.list({})).data).toHaveLength(0);
    });
  });

  describe('onboarding', () => {
    const link = async (account: string) => {
      const { url } = await bench.stripe.v2.core.accountLinks.create({
        account,
        use_case: {
          type: 'account_onboarding',
          account_onboarding: { refresh_url: REFRESH, return_url: RETURN },
        },
      });
      return new URL(url).pathname;
    };
    /** Opens a link and answers where the visit's pages are. */
    const begin = async (account: string) => {
      const page = await browser.open(await link(account));
      expect(page.status).toBe(200);
      return page.path.replace(/\/\w+$/, '');
    };
    const person = {
      given_name: 'Jenny',
      surname: 'Rosen',
      email: 'jenny@example.com',
      date_of_birth: '1990-01-01',
      id_number: '0000',
      line1: '1 Market Street',
      city: 'Springfield',
      postal_code: '94105',
      country: 'US',
    };
    const business = { entity_type: 'individual', product_description: 'Bowls' };
    const due = async (account: string) =>
      (await bench.stripe.accounts.retrieve(account)).requirements!.currently_due!;

    it('opens a link once: afterwards, or too late, it leads to the refresh URL', async () => {
      const seller = await bench.seller({ onboarded: false });
      const used = await link(seller);
      const late = await link(seller);
      expect((await browser.open(used)).path).toContain('/business');
      expect(locationOf(await browser.open(used))).toBe(REFRESH);
      await bench.control('/clock/advance', { seconds: 3600 });
      expect(locationOf(await browser.open(late))).toBe(REFRESH);
      expect((await browser.open(`/setup/e/${seller}/nothing`)).status).toBe(404);
    });

    it('leads a person through its pages until nothing is missing', async () => {
      const seller = await bench.seller({ onboarded: false });
      const base = await begin(seller);
      expect((await browser.submit(`${base}/business`, business)).path).toBe(`${base}/person`);
      expect((await browser.submit(`${base}/person`, person)).path).toBe(`${base}/bank`);
      const bank = { routing_number: '110000000', account_number: '000123456789' };
      const review = await browser.submit(`${base}/bank`, bank);
      expect(review.path).toBe(`${base}/review`);
      expect(review.text).toContain('Agree and submit');
      expect((await browser.post(`${base}/review`, {})).text).toContain('Accept the terms');
      expect(locationOf(await browser.post(`${base}/review`, { accept_terms: 'yes' }))).toBe(RETURN);
      expect(await bench.stripe.accounts.retrieve(seller)).toMatchObject({
        details_submitted: true,
        payouts_enabled: true,
        capabilities: { transfers: 'active' },
      });
      expect((await browser.open(`${base}/bank`)).status).toBe(410);
    });

    it('lets the bank account be left out: transfers work, payouts wait for it', async () => {
      const seller = await bench.seller({ onboarded: false });
      const base = await begin(seller);
      await browser.submit(`${base}/business`, business);
      await browser.submit(`${base}/person`, person);
      expect((await browser.open(`${base}/review`)).text).toContain('Agree and submit without them');
      await browser.post(`${base}/review`, { accept_terms: 'yes' });
      expect(await due(seller)).toEqual(['external_account']);
      expect(await bench.stripe.accounts.retrieve(seller)).toMatchObject({
        payouts_enabled: false,
        capabilities: { transfers: 'active' },
      });
      // A new link leads straight to what is missing.
      expect((await browser.open(await link(seller))).path).toContain('/bank');
    });

    it('saves for later what was given, without submitting', async () => {
      const seller = await bench.seller({ onboarded: false });
      const base = await begin(seller);
      await browser.submit(`${base}/business`, business);
      const left = await browser.post(`${base}/person`, {
        given_name: 'Jenny',
        email: 'not an email',
        action: 'later',
      });
      expect(locationOf(left)).toBe(RETURN);
      const account = await bench.stripe.accounts.retrieve(seller);
      expect(account.details_submitted).toBe(false);
      expect(account.requirements!.currently_due).not.toContain('individual.first_name');
      expect(account.requirements!.currently_due).toContain('individual.email');
    });

    it('sends back a form with what is wrong beside each field, and what was typed', async () => {
      const seller = await bench.seller({ onboarded: false });
      const base = await begin(seller);
      await browser.submit(`${base}/business`, business);
      const young = await browser.post(`${base}/person`, {
        ...person,
        date_of_birth: '2020-01-01',
        id_number: '1',
      });
      expect(young.status).toBe(422);
      expect(young.text).toContain('at least 13 years old');
      expect(valueOf(young, 'given_name')).toBe('Jenny');
      const bank = await browser.post(`${base}/bank`, { routing_number: '123', account_number: '123456789' });
      expect(bank.status).toBe(422);
      expect(bank.text).toContain('nine digits');
      expect(bank.text).toContain('not a test account');
      expect(await due(seller)).toContain('external_account');
    });

    it('fills in a company with test data, and asks it for a company’s details', async () => {
      const seller = await bench.seller({ onboarded: false });
      const base = await begin(seller);
      const review = await browser.submit(`${base}/business`, { entity_type: 'company', action: 'fill_all' });
      expect(review.path).toBe(`${base}/review`);
      expect(review.text).toContain('Representative');
      await browser.post(`${base}/review`, { accept_terms: 'yes' });
      expect(await due(seller)).toEqual([]);
    });

    it('takes a document that was asked for later', async () => {
      const seller = await bench.seller();
      await bench.control(`/accounts/${seller}/requirement`, { deadline_in_seconds: 86_400 });
      const page = await browser.open(await link(seller));
      expect(page.text).toContain('Identity document');
      await browser.post(page.path, { provide: 'individual.verification.document' });
      expect(await due(seller)).toEqual([]);
    });
  });

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
