import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Album } from './chromium.js';
import { eventually } from './eventually.js';

export interface Card {
  readonly number: string;
  readonly expiry?: string;
  readonly cvc?: string;
}

/** Somebody at a browser of their own, doing what people do on our pages and on Stripe's. */
export class Person {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly origin: string,
    private readonly album: Album,
  ) {}

  static async at(
    browser: Browser,
    origin: string,
    album: Album,
    options: { phone?: boolean; dark?: boolean } = {},
  ): Promise<Person> {
    const viewport = options.phone ? { width: 390, height: 844 } : { width: 1280, height: 900 };
    const context = await browser.newContext({ viewport, colorScheme: options.dark ? 'dark' : 'light' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      if (message.type() === 'error') process.stderr.write(`browser: ${message.text()}\n`);
    });
    return new Person(page, context, origin, album);
  }

  async open(path: string): Promise<void> {
    const answer = await this.page.goto(new URL(path, this.origin).href);
    if (!answer?.ok()) throw new Error(`${path} answered ${answer?.status()}`);
  }

  picture(name: string): Promise<void> {
    return this.album.picture(this.page, name);
  }

  press(button: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name: button }).first().click();
  }

  /** The page's own words, for assertions. */
  words(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  async signIn(email: string, password = 'guildhall-demo'): Promise<void> {
    await this.open('/sign-in');
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }

  /** Makes an account and follows the link in the demo's mail. */
  async signUp(name: string, email: string): Promise<void> {
    await this.open('/sign-up');
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill('a quiet lantern by the sea');
    await this.picture('sign-up');
    await this.page.locator('main').getByRole('button').first().click();
    await eventually(async () => {
      await this.open('/demo/mails');
      const row = this.page.getByRole('row').filter({ hasText: email }).getByRole('link');
      await row.first().click({ timeout: 500 });
    });
    await this.page.locator('main a[href*="/confirm/"]').first().click();
    await this.picture('confirm');
    const confirm = this.page.locator('main').getByRole('button');
    if (await confirm.count()) await confirm.first().click();
  }

  async openShop(name: string, country: string, currency: string): Promise<string> {
    await this.open('/sell');
    await this.page.getByLabel('Name of your shop').fill(name);
    await this.page.getByLabel('Country you sell from').selectOption({ label: country });
    await this.page.getByLabel('Currency of your prices').selectOption(currency);
    await this.page
      .getByLabel('About your shop')
      .fill('Small things made slowly, in a workshop by the harbour.');
    await this.page.getByLabel(/I accept the seller terms/).check();
    await this.picture('open-a-shop');
    await this.press('Open the shop');
    await this.page.waitForURL(/\/seller\/sel_/);
    await this.picture('desk-before-onboarding');
    return /sel_\w+/.exec(this.page.url())![0];
  }

  /** On Stripe's own pages, with test data; ends on our return page. */
  async onboard(): Promise<void> {
    await this.page
      .locator('main')
      .getByRole('button', { name: /Stripe/ })
      .first()
      .click();
    await this.page.waitForURL(/\/setup\//);
    await this.picture('stripe-onboarding');
    await this.page.getByText('Test helpers').click();
    await this.press('Fill in everything and review');
    await this.page.getByLabel(/I accept the terms of service/).check();
    await this.picture('stripe-review');
    await this.press(/Submit|Agree|Finish/);
    await this.page.waitForURL(/\/stripe\/return/);
    await this.picture('back-from-stripe');
  }

  async list(
    sellerId: string,
    goods: { title: string; price: string; stock: string; category: string },
  ): Promise<void> {
    await this.open(`/seller/${sellerId}/listings/new`);
    await this.page.getByLabel('Title').fill(goods.title);
    await this.page
      .getByLabel('Description')
      .fill('Cut, sanded and oiled by hand. Wipe it with a damp cloth.');
    await this.page.getByLabel('Category').selectOption({ label: goods.category });
    await this.page.getByLabel('Shipping').fill('4.50');
    await this.page.getByLabel('Price').fill(goods.price);
    await this.page.getByLabel('In stock').fill(goods.stock);
    await this.page.getByRole('button', { name: 'Save as a draft' }).click();
    await this.page.getByRole('button', { name: /^Publish/ }).click();
    await this.page
      .getByText(/Published|For sale|published/)
      .first()
      .waitFor();
    await this.picture('listing-published');
  }

  async addToCart(title: string, variant?: string): Promise<void> {
    await this.open(`/search?q=${encodeURIComponent(title)}`);
    await this.page.getByRole('link', { name: title }).first().click();
    if (variant) await this.page.getByLabel(variant).check();
    await this.press('Add to cart');
    await this.page.waitForLoadState();
  }

  /** From the cart to the first of Stripe's pages, or to the page that shows what is left. */
  async checkOut(email: string | null): Promise<void> {
    await this.open('/checkout');
    const main = this.page.locator('main');
    if (email) await main.getByLabel('E-mail').fill(email);
    await main.getByLabel('Full name').fill('Robin Marsh');
    await main.getByLabel('Country').selectOption({ label: 'Germany' });
    await main.getByLabel('Street and number').fill('Hafenstraße 12');
    await main.getByLabel('Postcode').fill('20457');
    await main.getByLabel('Town or city').fill('Hamburg');
    await this.picture('checkout');
    await this.press(/Go on to/);
    await this.page.waitForLoadState();
  }

  /** Presses our button for the next shop, and ends on Stripe's page. */
  async goAndPay(): Promise<void> {
    await this.press(/^Pay /);
    await this.page.waitForURL(/\/c\/pay\//);
  }

  /** Fills Stripe's page in and presses its button. */
  async payWith(card: Card): Promise<void> {
    await this.page.getByLabel('Card number').fill(card.number);
    await this.page.getByLabel('Expiry date').fill(card.expiry ?? '12/40');
    await this.page.getByLabel('CVC').fill(card.cvc ?? '123');
    await this.page.getByLabel('Name on card or account').fill('Robin Marsh');
    await this.picture('stripe-checkout');
    await this.page.getByRole('button', { name: /^Pay / }).click();
    await this.page.waitForLoadState();
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
