import { Browser } from '../support/browser-like.js';
import { locationOf, problemOf, valueOf } from './pages-support.js';
import { Bench } from './support.js';

const REFRESH = 'https://shop.example/refresh';
const RETURN = 'https://shop.example/return';

describe('the onboarding pages', () => {
  let bench: Bench;
  let browser: Browser;
  beforeEach(async () => {
    bench = await Bench.start();
    browser = new Browser(bench.emulator.url);
  });
  afterEach(() => bench.stop());

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

  it('says beside its field what did not pass, and lets it be mended', async () => {
    const seller = await bench.seller();
    for (const field of ['individual.dob', 'individual.id_number'])
      await browser.post(`/dashboard/accounts/${seller}`, { action: 'require', field, hours: '24' });
    expect(await due(seller)).toEqual(['individual.dob', 'individual.id_number']);
    const page = await browser.open(await link(seller));
    expect(page.path).toContain('/person');
    expect(problemOf(page, 'date_of_birth')).toContain('could not verify this date of birth');
    expect(problemOf(page, 'id_number')).toContain('does not belong to the name');
    expect(problemOf(page, 'surname')).toBeUndefined();
    expect((await browser.post(page.path, { ...person, id_number: '' })).status).toBe(422);
    expect((await browser.submit(page.path, person)).path).toContain('/bank');
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
