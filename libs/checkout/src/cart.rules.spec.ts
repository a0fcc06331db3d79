import type { SaleVariant } from '#catalog';
import { Money } from '#kernel';
import type { OrderView } from '#orders';
import { changesInCart, changesOfOrder, fingerprint, goodsBySeller } from './cart.rules.js';
import { changeWords } from './changes.js';

const eur = (amount: bigint) => Money.of(amount, 'eur');

const variant = (variantId: string, more: Partial<SaleVariant> = {}): SaleVariant => ({
  variantId,
  listingId: 'lst_1',
  sellerId: 'sel_1',
  title: 'Bowl',
  variantName: 'Blue',
  price: eur(2500n),
  shipping: eur(490n),
  available: 5,
  forSale: true,
  pictureUrl: null,
  listingUrl: '/listing/1',
  ...more,
});
const shelf = (...variants: SaleVariant[]) => new Map(variants.map((each) => [each.variantId, each]));
const item = (variantId: string, quantity = 1) => ({ variantId, quantity, seenPrice: eur(2500n) });
const nothingHeld = new Map<string, number>();

describe('what changed since the buyer put something into the cart', () => {
  it('is nothing while price, stock and shop are as they were', () => {
    expect(changesInCart([item('a')], shelf(variant('a')), nothingHeld)).toEqual([]);
  });

  it('names a new price, too few pieces, and what is gone, each in a sentence', () => {
    const items = [item('a'), item('b', 9), item('c'), item('d')];
    const variants = shelf(
      variant('a', { price: eur(2600n) }),
      variant('b'),
      variant('c', { forSale: false }),
    );
    const changes = changesInCart(items, variants, nothingHeld);
    expect(changes.map((change) => change.kind)).toEqual(['price', 'short', 'gone', 'gone']);
    expect(changes.map(changeWords)).toEqual([
      'Bowl now costs €26.00 instead of €25.00.',
      'Only 5 pieces of Bowl are left.',
      'Bowl is no longer for sale.',
      'An item is no longer for sale.',
    ]);
  });

  it('does not count the pieces that the buyer’s own checkout holds as missing', () => {
    const sold = shelf(variant('a', { available: 0 }));
    expect(changesInCart([item('a')], sold, new Map([['a', 1]]))).toEqual([]);
    expect(changesInCart([item('a')], sold, nothingHeld)).toMatchObject([{ kind: 'gone' }]);
  });
});

describe('goods per seller', () => {
  it('pay the highest shipping once, and keep the order in which they were added', () => {
    const variants = shelf(
      variant('a', { shipping: eur(300n) }),
      variant('b', { sellerId: 'sel_2' }),
      variant('c', { shipping: eur(700n) }),
    );
    const goods = goodsBySeller([item('a'), item('b'), item('c')], variants);
    expect(goods.map((each) => [each.sellerId, each.shipping.amount])).toEqual([
      ['sel_1', 700n],
      ['sel_2', 490n],
    ]);
  });

  it('have the same fingerprint in whatever order their lines come, and another for another address', () => {
    const variants = shelf(variant('a'), variant('b'));
    const [one] = goodsBySeller([item('a'), item('b')], variants);
    const [other] = goodsBySeller([item('b'), item('a')], variants);
    expect(fingerprint(one!, { city: 'Bern' })).toBe(fingerprint(other!, { city: 'Bern' }));
    expect(fingerprint(one!, { city: 'Bern' })).not.toBe(fingerprint(one!, { city: 'Basel' }));
  });
});

describe('what changed since an order was placed', () => {
  const order = {
    sellerId: 'sel_1',
    shipping: eur(490n),
    lines: [{ variantId: 'a', title: 'Bowl', quantity: 2, unitPrice: eur(2500n) }],
  } as unknown as OrderView;
  const open = { name: 'Redfern Pottery', canSell: true };
  const kinds = (variants: ReadonlyMap<string, SaleVariant>, quantity = 2, seller = open) =>
    changesOfOrder(order, variants, [item('a', quantity)], seller).map((change) => change.kind);

  it.each([
    ['nothing', kinds(shelf(variant('a', { available: 0 }))), []],
    ['the price', kinds(shelf(variant('a', { price: eur(1n) }))), ['price']],
    ['the shipping', kinds(shelf(variant('a', { shipping: eur(0n) }))), ['shipping']],
    ['the listing', kinds(shelf(variant('a', { forSale: false }))), ['gone']],
    ['the cart', kinds(shelf(variant('a')), 3), ['cart']],
    ['the shop', kinds(shelf(variant('a')), 2, { ...open, canSell: false }), ['seller_closed']],
  ])('%s', (_, seen, expected) => {
    expect(seen).toEqual(expected);
  });
});
