/** Values for which a field was not made. Every one must be answered, none with a failure of ours. */
export const BAD_TEXTS: readonly string[] = [
  '',
  '   ',
  'x'.repeat(20_000),
  '-1',
  '9'.repeat(40),
  '1e308',
  '0.5',
  'NaN',
  SCRIPT(),
  'a\u0000b',
  '\ud800',
  "'; drop table orders.orders; --",
  '../../etc/passwd',
  '2026-02-30',
];

/** The same for JSON, which has more types than a form. */
export const BAD_VALUES: readonly unknown[] = [
  ...BAD_TEXTS,
  null,
  true,
  -1,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  ['a', 'b'],
  {},
  { toString: 'no function', constructor: null },
];

/** What must never be written into a page as it came. */
export function SCRIPT(): string {
  return '<script>alert(1)</script>';
}

/** Values that fit, by the names that fields have; so that a test can spoil one and leave the rest right. */
export const FITTING: Readonly<Record<string, unknown>> = {
  email: 'grace@example.com',
  newEmail: 'grace@example.com',
  name: 'Grace Hopper',
  password: 'kiln-marble-lantern',
  reason: 'Broke in the kiln',
  note: 'Checked by hand',
  resolution: 'Checked by hand',
  title: 'Bowl',
  description: 'Made by hand.',
  category: 'ceramics',
  code: 'SPRING',
  promotionCode: 'SPRING',
  country: 'DE',
  currency: 'eur',
  percent: '10',
  percentBps: 1000,
  fixed: { amount: 30, currency: 'eur' },
  amount: 2500,
  price: { amount: 2500, currency: 'eur' },
  shipping: { amount: 490, currency: 'eur' },
  quantity: 1,
  stock: 3,
  carrier: 'DHL',
  trackingNumber: 'JD0146',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4LB',
  bearer: 'platform',
  acceptTerms: true,
  shipTo: {
    name: 'Grace Hopper',
    line1: '12 St James Square',
    city: 'London',
    postcode: 'SW1Y 4LB',
    country: 'GB',
  },
  variants: [{ name: 'Blue', price: { amount: 2500, currency: 'eur' }, stock: 3 }],
};
