import { Listings } from '#catalog';
import { Promotions } from '#checkout';
import { type Actor, Money } from '#kernel';
import { Orders } from '#orders';
import { DEMO_PASSWORD, seedDemo } from '../../apps/worker/src/demo-seed.js';
import { newPerson } from '../security/people.js';
import type { Answer, Browser } from '../support/browser-like.js';
import { World } from '../support/world.js';

interface Goods {
  readonly seller: string;
  readonly shop: string;
  readonly listing: string;
  readonly variant: string;
  readonly title: string;
  readonly owner: string;
}

describe('a buyer pays shops', () => {
  let world: World;
  let pottery: Goods;
  let tea: Goods;

  beforeAll(async () => {
    world = await World.start();
    await seedDemo(world.worker);
    await world.settle();
    [pottery, tea] = [await goodsOf('redfern-pottery'), await goodsOf('asagiri-tea-house')];
  }, 120_000);
  afterAll(() => world.stop());

  async function goodsOf(slug: string): Promise<Goods> {
    const [row] = await world.rows<Goods>(
      `select s.id as seller, s.name as shop, l.id as listing, v.id as variant, l.title, m.user_id as owner
       from sellers.sellers s join catalog.listings l on l.seller_id = s.id and l.status = 'published'
       join catalog.variants v on v.listing_id = l.id join sellers.members m on m.seller_id = s.id
       where s.slug = $1 order by v.on_hand desc, l.id limit 1`,
      [slug],
    );
    return row!;
  }

  const address = {
    name: 'Ada Byron',
    line1: '12 St James Square',
    line2: '',
    city: 'London',
    region: '',
    postcode: 'SW1Y 4LB',
    country: 'GB',
    phone: '',
  };
  const hidden = ({ text }: Answer, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

  const add = (browser: Browser, { variant }: Goods, quantity = 1) =>
    browser.submit('/cart/items', { variantId: variant, quantity: String(quantity) });

  /** Sends the checkout's form; answers where it leads. */
  async function checkOut(browser: Browser, more: Record<string, string> = {}): Promise<Answer> {
    const page = await browser.open('/checkout');
    return browser.post('/checkout', {
      token: hidden(page, 'token'),
      email: 'ada@example.com',
      ...address,
      ...more,
    });
  }

  const location = (answer: Answer) => answer.headers.get('location')!;
  const sessionIn = (url: string) => /cs_\w+/.exec(url)![0];
  const payButton = (browser: Browser, path: string, page: Answer) =>
    browser.post(`${path}/pay`, { orderId: hidden(page, 'orderId') });
  const payAtStripe = (url: string, card?: string) =>
    world.control(`sessions/${sessionIn(url)}/pay`, card ? { card } : {});

  it('a guest buys from two shops in two currencies, one payment after the other', async () => {
    const guest = world.visitor();
    await add(guest, pottery, 2);
    const cart = await add(guest, tea);
    expect(cart.path).toBe('/cart');
    expect(cart.text).toContain('aria-label="Cart, 3 items"');
    for (const words of [pottery.shop, tea.shop, 'Total in USD', 'Total in CAD', 'one after another'])
      expect(cart.text).toContain(words);

    const begun = await checkOut(guest);
    expect(begun.status).toBe(303);
    const path = location(begun);
    expect(path).toMatch(/^\/purchases\/pur_/);
    const first = await guest.open(path);
    expect(first.text).toContain(`to ${pottery.shop}`);
    expect(first.text).toContain('After that');

    const toStripe = await payButton(guest, path, first);
    expect(toStripe.status).toBe(303);
    await payAtStripe(location(toStripe));
    const second = await guest.open(`${path}?back=paid`);
    expect(second.text).toContain('1 of 2 payments is left');
    expect(second.text).toContain(`to ${tea.shop}`);

    await payAtStripe(location(await payButton(guest, path, second)));
    const done = await guest.open(`${path}?back=paid`);
    expect(done.text).toContain('Everything is paid');
    await world.settle();
    expect((await guest.open('/cart')).text).toContain('Your cart is empty');
    const receipt = await guest.open(`${path}/receipt`);
    expect(receipt.text).toContain(`Sold by ${pottery.shop}`);
    expect(receipt.text).toContain(`Sold by ${tea.shop}`);
  });

  it('says beside each field what to mend, and keeps what was typed', async () => {
    const guest = world.visitor();
    await add(guest, pottery);
    const answer = await checkOut(guest, { email: 'no', name: '', country: '', line1: 'Kept Street 1' });
    expect(answer.status).toBe(422);
    for (const words of ['Enter an e-mail address', 'Enter the name', 'Choose a country', 'Kept Street 1'])
      expect(answer.text).toContain(words);
    expect((await guest.open('/checkout')).path).toBe('/checkout');
    const nothing = await checkOut(guest, { email: '', name: '', country: '', line1: '', city: '' });
    const places = ['email', 'name', 'country', 'line1', 'city'].map((field) =>
      nothing.text.indexOf(`href="#field-${field}"`),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('refuses an unknown promotion code beside its field, with the address kept', async () => {
    const guest = world.visitor();
    await add(guest, pottery);
    const answer = await guest.post('/checkout/promotion', { ...address, promotionCode: 'nope' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('We do not know this promotion code');
    expect(answer.text).toContain('12 St James Square');
    // The Enter key in the code's field never pays without it.
    expect((await checkOut(guest, { promotionCode: 'nope' })).status).toBe(422);
  });

  it('a code that applies lowers what is paid, and can be taken off again', async () => {
    const owner: Actor = { kind: 'user', userId: pottery.owner, isAdmin: false };
    await world.get(Promotions).create(owner, pottery.seller, {
      code: 'KILN-10',
      percentBps: 1000,
      amount: null,
      validFrom: null,
      validUntil: null,
      maxRedemptions: null,
    });
    const guest = world.visitor();
    await add(guest, pottery);
    const applied = await guest.post('/checkout/promotion', { ...address, promotionCode: 'kiln-10' });
    expect(applied.status).toBe(200);
    expect(applied.text).toContain('KILN-10');
    expect(applied.text).toContain('Discount');
    const removed = await guest.post('/checkout/promotion', { ...address, removeCode: 'yes' });
    expect(removed.text).not.toContain('Discount');
    expect(removed.text).toContain('12 St James Square');
  });

  it('Stripe’s way back keeps the cart and the payment: the same button pays the same session', async () => {
    const guest = world.visitor();
    await add(guest, pottery);
    const toStripe = await checkOut(guest);
    const url = location(toStripe);
    expect(url).toContain(sessionIn(url));
    const session = await world.stripe.checkout.sessions.retrieve(sessionIn(url));
    const back = new URL(session.cancel_url!);
    const page = await guest.open(back.pathname + back.search);
    expect(page.text).toContain('You left the payment page');
    expect((await guest.open('/cart')).text).toContain(pottery.title);
    expect(location(await payButton(guest, back.pathname, page))).toBe(url);
    // Checking out the unchanged cart again is the same purchase too.
    expect(location(await checkOut(guest))).toBe(url);
  });

  it('a declined card is told in words, and the same payment then succeeds', async () => {
    const guest = world.visitor();
    await add(guest, tea);
    const url = location(await checkOut(guest));
    await payAtStripe(url, '4000000000009995').catch(() => undefined);
    const session = await world.stripe.checkout.sessions.retrieve(sessionIn(url));
    const path = new URL(session.cancel_url!).pathname;
    const declined = await guest.open(`${path}?back=left`);
    expect(declined.text).toContain('does not have enough money');
    expect(declined.text).toContain('Could not be paid yet');
    expect(location(await payButton(guest, path, declined))).toBe(url);
    await payAtStripe(url);
    expect((await guest.open(`${path}?back=paid`)).text).toContain('Everything is paid');
  });

  it('a guest’s cart survives signing in, and what is bought then is in the history', async () => {
    const person = await newPerson(world);
    await add(person.browser, pottery);
    await person.signIn();
    expect((await person.browser.open('/cart')).text).toContain(pottery.title);
    expect((await person.browser.open('/purchases')).text).toContain('You have not bought anything yet');
    const checkout = await person.browser.open('/checkout');
    expect(checkout.text).toContain(person.email);
    const begun = await person.browser.post('/checkout', { token: hidden(checkout, 'token'), ...address });
    expect((await person.browser.open('/purchases')).text).toContain('Finish paying');
    await payAtStripe(location(begun));
    await world.settle();
    const history = await person.browser.open('/purchases');
    expect(history.text).toContain(pottery.shop);
    expect(history.text).not.toContain('Finish paying');
    // The next checkout remembers where the last one went.
    await add(person.browser, pottery);
    expect((await person.browser.open('/checkout')).text).toContain('12 St James Square');
  });

  describe('what changed is told before anything is paid', () => {
    let mug: Goods;
    const owner = (): Actor => ({ kind: 'user', userId: pottery.owner, isAdmin: false });
    const terms = (price: bigint, stock: number) => ({
      title: 'Travelling mug',
      description: 'Made by hand.',
      category: 'ceramics',
      shipping: Money.of(0n, 'usd'),
      variants: [{ name: 'Blue', price: Money.of(price, 'usd'), stock }],
    });

    beforeEach(async () => {
      const listing = await world.get(Listings).create(owner(), pottery.seller, terms(2000n, 5));
      await world.get(Listings).move(owner(), pottery.seller, listing.id, 'publish');
      mug = { ...pottery, listing: listing.id, variant: listing.variants[0]!.id, title: listing.title };
    });

    const now = async (price: bigint, stock: number) => {
      const edited = terms(price, stock);
      const [variant] = edited.variants;
      await world
        .get(Listings)
        .edit(owner(), mug.seller, mug.listing, { ...edited, variants: [{ ...variant!, id: mug.variant }] });
    };

    it('in the cart: a new price must be accepted, and is what is charged', async () => {
      const guest = world.visitor();
      await add(guest, mug);
      await now(2500n, 5);
      const cart = await guest.open('/cart');
      expect(cart.text).toContain('Travelling mug now costs $25.00 instead of $20.00.');
      expect((await guest.open('/checkout')).path).toBe('/cart');
      const accepted = await guest.submit('/cart/accept', { told: hidden(cart, 'told') });
      expect(accepted.path).toBe('/checkout');
      const url = location(await checkOut(guest));
      expect((await world.stripe.checkout.sessions.retrieve(sessionIn(url))).amount_total).toBe(2500);
    });

    it('at the checkout: the form comes back with the new figures, and nothing is begun', async () => {
      const guest = world.visitor();
      await add(guest, mug, 3);
      const page = await guest.open('/checkout');
      await now(2000n, 2);
      const form = { token: hidden(page, 'token'), email: 'ada@example.com', ...address };
      const told = await guest.post('/checkout', form);
      expect(told.status).toBe(422);
      expect(told.text).toContain('Only 2 pieces of Travelling mug are left.');
      expect(told.text).toContain('$40.00');
      expect(told.text).toContain('12 St James Square');
      const url = location(await guest.post('/checkout', { ...form, token: hidden(told, 'token') }));
      expect((await world.stripe.checkout.sessions.retrieve(sessionIn(url))).amount_total).toBe(4000);
    });

    it('on the way to pay: the old session is ended, and the cart offers the new price', async () => {
      const guest = world.visitor();
      await add(guest, mug);
      const url = location(await checkOut(guest));
      const { cancel_url } = await world.stripe.checkout.sessions.retrieve(sessionIn(url));
      const path = new URL(cancel_url!).pathname;
      const page = await guest.open(`${path}?back=left`);
      await now(3000n, 5);
      const told = await payButton(guest, path, page);
      expect(told.status).toBe(409);
      expect(told.text).toContain('Travelling mug now costs $30.00 instead of $20.00.');
      expect((await world.stripe.checkout.sessions.retrieve(sessionIn(url))).status).toBe('expired');
      expect((await guest.open(path)).text).toContain('Nothing was charged');
      const again = location(await checkOut(guest));
      expect((await world.stripe.checkout.sessions.retrieve(sessionIn(again))).amount_total).toBe(3000);
    });

    it('a sold-out thing leaves the cart with a word', async () => {
      const guest = world.visitor();
      await add(guest, mug);
      await now(2000n, 0);
      const cart = await guest.open('/cart');
      expect(cart.text).toContain('Travelling mug is no longer for sale.');
      expect((await guest.submit('/cart/accept', { told: hidden(cart, 'told') })).path).toBe('/cart');
      expect((await guest.open('/cart')).text).not.toContain('Travelling mug');
    });
  });

  it('two of three payments made: the third is visible and can be finished later', async () => {
    const person = await newPerson(world);
    await person.signIn();
    const paper = await goodsOf('falz-faden');
    for (const goods of [pottery, tea, paper]) await add(person.browser, goods);
    const checkout = await person.browser.open('/checkout');
    const begun = await person.browser.post('/checkout', { token: hidden(checkout, 'token'), ...address });
    const path = location(begun);
    for (let paid = 0; paid < 2; paid++) {
      const page = await person.browser.open(path);
      await payAtStripe(location(await payButton(person.browser, path, page)));
      await world.settle();
    }
    const page = await person.browser.open(path);
    expect(page.text).toContain('1 of 3 payments is left');
    expect(page.text).toContain(`to ${paper.shop.replace('&', '&amp;')}`);
    expect((await person.browser.open('/purchases')).text).toContain('Finish paying');
    await payAtStripe(location(await payButton(person.browser, path, page)));
    expect((await person.browser.open(`${path}?back=paid`)).text).toContain('Everything is paid');
  });

  it('opens to its buyer’s browser and its mail’s link, and to nobody else', async () => {
    const guest = world.visitor();
    await add(guest, pottery);
    const url = location(await checkOut(guest, { email: 'link@example.com' }));
    await payAtStripe(url);
    await world.settle();
    const { cancel_url } = await world.stripe.checkout.sessions.retrieve(sessionIn(url));
    const path = new URL(cancel_url!).pathname;
    const stranger = world.visitor();
    expect((await stranger.open(path)).path).toContain('/sign-in');
    expect((await stranger.open(`${path}/standing`)).status).toBe(404);
    const other = await newPerson(world);
    await other.signIn();
    for (const part of ['', '/receipt', '/standing'])
      expect((await other.browser.open(path + part)).status).toBe(404);
    expect((await other.browser.post(`${path}/pay`, { orderId: 'ord_x' })).status).toBe(404);
    const [mail] = await world.rows<{ text: string }>(
      `select text from notifications.mails where recipient = 'link@example.com' order by id limit 1`,
    );
    const link = /https?:\/\/[^/\s]+(\/purchases\/\S+)/.exec(mail!.text)![1]!;
    const opened = await stranger.open(link);
    expect(opened.path).toBe(path);
    expect(opened.text).toContain('Everything is paid');
    expect((await other.browser.open(`${path}?token=nonsense`)).status).toBe(404);
  });

  it('the shop finds the order, sends it, and the buyer sees where it is', async () => {
    const guest = world.visitor();
    await add(guest, pottery);
    const url = location(await checkOut(guest, { name: 'Zoë Quillfeather' }));
    await payAtStripe(url);
    await world.settle();
    const { cancel_url, client_reference_id } = await world.stripe.checkout.sessions.retrieve(sessionIn(url));
    const purchase = (await world.get(Orders).purchase(client_reference_id!))!;
    const [order] = purchase.orders;
    const june = world.visitor();
    await june.submit('/sign-in', { email: 'june@redfern.example', password: DEMO_PASSWORD });
    const orders = `/seller/${pottery.seller}/orders`;
    expect((await june.open(`${orders}?search=quillf`)).text).toContain('Zoë Quillfeather');
    expect((await june.open(`${orders}?search=${order!.id.slice(-6).toUpperCase()}`)).text).toContain(
      order!.id,
    );
    expect((await june.open(`${orders}?search=nobody`)).text).toContain('No order matches');
    expect((await june.open(`${orders}.csv?status=paid`)).text).toContain(`${order!.id},`);

    const detail = await june.open(`${orders}/${order!.id}`);
    for (const words of [
      '12 St James Square',
      'Guildhall’s fee',
      order!.split.sellerNet.format(),
      'Mark as shipped',
    ])
      expect(detail.text).toContain(words);
    const wrong = await june.post(`${orders}/${order!.id}/ship`, { carrier: '', trackingNumber: 'JJD0001' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Name the carrier');
    expect(wrong.text).toContain('JJD0001');
    const sent = await june.submit(`${orders}/${order!.id}/ship`, {
      carrier: 'DHL',
      trackingNumber: 'JJD0001',
    });
    expect(sent.text).toContain('marked as shipped');
    const seen = await guest.open(new URL(cancel_url!).pathname);
    expect(seen.text).toContain('Tracking number: JJD0001');

    const api = await june.api<{ items: { id: string }[] }>(
      'GET',
      `/api/v1/sellers/${pottery.seller}/orders?status=shipped`,
    );
    expect(api.body.items.map(({ id }) => id)).toContain(order!.id);
    const other = world.visitor();
    await other.submit('/sign-in', { email: 'haruka@asagiri.example', password: DEMO_PASSWORD });
    expect((await other.open(`${orders}/${order!.id}`)).status).toBe(404);
    expect((await other.post(`/seller/${tea.seller}/orders/${order!.id}/ship`, {})).status).toBe(404);
  });

  it('a bank debit is told as on its way until it arrives', async () => {
    const guest = world.visitor();
    const paper = await goodsOf('falz-faden');
    await add(guest, paper);
    const url = location(await checkOut(guest));
    await world.control(`sessions/${sessionIn(url)}/bank_debit`, {});
    const { cancel_url } = await world.stripe.checkout.sessions.retrieve(sessionIn(url));
    const path = new URL(cancel_url!).pathname;
    expect((await guest.open(`${path}?back=paid`)).text).toContain('Your bank is making the payment');
    await world.settle();
    await world.control('clock/advance', { seconds: 8 * 86_400 });
    await world.settle();
    expect((await guest.open(`${path}/standing`)).text).toContain('data-live-done');
    expect((await guest.open(path)).text).toContain('Everything is paid');
  });
});
