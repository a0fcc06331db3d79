import { Browser } from '../support/browser-like.js';
import { chosenIn, focusOf, locationOf, problemOf, valueOf } from './pages-support.js';
import { Bench } from './support.js';

const CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };
const PAYMENT = { method: 'card', email: 'jenny@example.com', name: 'Jenny Rosen', country: 'DE', ...CARD };

describe('the hosted checkout page', () => {
  let bench: Bench;
  let browser: Browser;
  beforeEach(async () => {
    bench = await Bench.start();
    browser = new Browser(bench.emulator.url);
  });
  afterEach(() => bench.stop());

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

  it.each([
    ['4000000000000002', 'number', 'Your card was declined.'],
    ['4000000000000069', 'expiry', 'Your card has expired.'],
    ['4000000000000127', 'cvc', 'security code is incorrect.'],
  ])('says beside the field what a bank refused: %s', async (number, field, words) => {
    const { path } = await open();
    for (const page of [await pay(path, { number }), await browser.open(path)]) {
      expect(problemOf(page, field)).toContain(words);
      expect(focusOf(page)).toBe(field);
    }
  });

  it('has what was typed again after a challenge that failed, but neither a CVC nor a number that may be real', async () => {
    const { path } = await open();
    await pay(path, { number: '4000002500003155' });
    const failed = await browser.submit(`${path}/3ds`, { outcome: 'fail' });
    expect(valueOf(failed, 'number')).toBe('4000002500003155');
    expect(valueOf(failed, 'expiry')).toBe('12 / 34');
    expect(valueOf(failed, 'name')).toBe('Jenny Rosen');
    expect(chosenIn(failed, 'country')).toBe('DE');
    expect(valueOf(failed, 'cvc')).toBe('');
    expect(problemOf(failed, 'number')).toContain('unable to authenticate');

    await pay(path, { number: '4111 1111 1111 1111', cvc: '987' });
    const reloaded = await browser.open(path);
    expect(reloaded.text).not.toContain('4111');
    expect(valueOf(reloaded, 'cvc')).toBe('');
  });

  it('begins with the country that the buyer is known or likely to be in', async () => {
    const asked = async (path: string, language: string) =>
      chosenIn(await browser.send('GET', path, undefined, { 'accept-language': language }), 'country');
    const { path } = await open();
    expect(await asked(path, 'de-AT,de;q=0.9')).toBe('AT');
    expect(await asked(path, 'fr')).toBe('FR');
    expect(await asked(path, '*')).toBe('US');

    const address = { line1: 'Hauptstr. 1', city: 'Berlin', postal_code: '10115', country: 'DE' };
    const sent = { payment_intent_data: { shipping: { name: 'Ada', address } } };
    expect(await asked((await open({ params: sent })).path, 'en-US')).toBe('DE');
    const { id: customer } = await bench.stripe.customers.create({
      email: 'ada@example.com',
      shipping: { name: 'Ada', address },
    });
    const known = await open({
      params: { customer, shipping_address_collection: { allowed_countries: ['AT', 'DE'] } },
    });
    const page = await browser.open(known.path);
    expect(chosenIn(page, 'shipping_country')).toBe('DE');
    expect(valueOf(page, 'shipping_line1')).toBe('Hauptstr. 1');
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
    const rate = (display_name: string, amount: number) => ({
      shipping_rate_data: {
        type: 'fixed_amount' as const,
        display_name,
        fixed_amount: { amount, currency: 'eur' },
      },
    });
    const { session, path } = await open({
      params: {
        shipping_address_collection: { allowed_countries: ['DE'] },
        shipping_options: [rate('Parcel', 300), rate('Courier', 900)],
      },
    });
    const address = {
      shipping_name: 'Jenny Rosen',
      shipping_line1: 'Hauptstr. 1',
      shipping_city: 'Berlin',
      shipping_postal_code: '10115',
      shipping_country: 'DE',
    };
    expect((await browser.open(path)).text).toContain('Courier: €9.00');
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

  it('charges nothing when the seller was closed during 3-D Secure', async () => {
    const seller = await bench.seller();
    const { session, path } = await open({ seller });
    expect(locationOf(await pay(path, { number: '4000002500003155' }))).toBe(`${path}/3ds`);
    await bench.control(`/accounts/${seller}/restrict`, {});
    const answer = await browser.post(`${path}/3ds`, { outcome: 'complete' });
    expect(answer.status).toBe(409);
    expect((await bench.stripe.charges.list({})).data).toHaveLength(0);
    expect(await retrieve(session.id)).toMatchObject({ status: 'open' });
  });

  it("carries the platform's name", async () => {
    const named = await Bench.start({ name: 'Clay Market' });
    const session = await named.session();
    const page = await new Browser(named.emulator.url).open(new URL(session.url!).pathname);
    expect(page.text).toContain('Clay Market');
    await named.pay(session.id);
    const { data } = await named.stripe.charges.list();
    expect(data[0]!.calculated_statement_descriptor).toBe('CLAY MARKET');
    await named.stop();
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
