/**
 * What is asked of each GET route, as query strings with `{names}` of places (list-places.ts); '' is the first page. Every
 * route is either here or in `notLists` with the reason: a test (test/security/matrix.spec.ts) finds one that is in neither.
 */
const search = [
  '',
  'cursor={midListings}',
  'q=blue+bowl',
  'q=teapot&category=tea',
  'category=tea',
  'ships_from=DE',
  'in_stock=yes',
  'currency=eur&sort=price_low',
  'currency=eur&sort=price_low&cursor={midPrice}',
  'currency=eur&sort=price_high&category=home',
  'currency=eur&price_min=20&price_max=30',
];
const adminOrders = [
  '',
  'cursor={midOrders}',
  'status=shipped&cursor={midShipped}',
  'status=awaiting_payment',
  'seller={sellerId}',
  'seller={sellerId}&status=refunded',
  'from={from}&to={to}',
  'status=refunded&from={from}&to={to}',
  'search=person-77%40example.com',
  'search={charge}',
];
const sellerOrders = [
  '',
  'cursor={midSellerOrders}',
  'status=paid',
  'from={from}&to={to}',
  'search=Ada',
  'search={buyer}',
];
const sellerListings = ['', 'cursor={midSellerListings}', 'status=draft', 'q=bowl'];
const payouts = [
  '',
  'cursor={midPayouts}',
  'state=failed',
  'state=in_transit',
  'state=paid',
  'seller={sellerId}',
  'from={from}&to={to}',
  'seller={sellerId}&state=failed',
];
const events = [
  '',
  'cursor={midEvents}',
  'state=dead',
  'state=queued',
  'state=done',
  'type=charge.succeeded',
  'type=payout.failed',
  'object={object}',
  'state=dead&type=charge.succeeded',
];
const audit = [
  '',
  'cursor={midAudit}',
  'action=order.shipped',
  'actor={user}',
  'subject={orderId}',
  'from={from}&to={to}',
  'action=order.shipped&from={from}&to={to}',
  'actor={user}&action=order.shipped',
];
const refunds = [
  '',
  'cursor={midRefunds}',
  'status=succeeded',
  'status=failed',
  'queue=failed',
  'queue=outside',
  'seller={sellerId}',
  'seller={sellerId}&status=failed',
];
const debts = ['', 'cursor={midDebts}', 'status=pending', 'status=recovered', 'seller={sellerId}'];
const earned = ['', 'cursor={midEarned}', 'currency=eur', 'seller={sellerId}', 'from={from}&to={to}'];
// Words that fill a page of the small marketplace, which has two hundred shops.
const sellers = [
  '',
  'cursor={midSellers}',
  'stage=open',
  'stage=onboarding',
  'stage=suspended',
  'search=t',
  'search={account}',
  'stage=open&search=workshop',
];
const rules = ['', 'cursor={midFees}', 'currency=eur'];
const promotions = ['', 'cursor={midPromotions}'];
const differences = ['', 'state=explained', 'state=closed', 'state=closed&cursor={midDifferences}'];
const attention = ['', 'cursor={midAttention}'];
const one = [''];

export const lists: Readonly<Record<string, readonly string[]>> = {
  '/': one,
  '/search': search,
  '/api/v1/listings': search,
  '/shop/:slug': ['', 'cursor={midShop}'],
  '/api/v1/shops/:slug/listings': ['', 'cursor={midShop}'],
  '/purchases': ['', 'cursor={midPurchases}'],
  '/api/v1/orders': ['', 'cursor={midBuyerOrders}', 'status=paid'],
  '/seller/:sellerId': one,
  '/api/v1/sellers': one,
  '/api/v1/sellers/:sellerId/overview': one,
  '/api/v1/sellers/:sellerId/timeline': one,
  '/seller/:sellerId/orders': sellerOrders,
  '/api/v1/sellers/:sellerId/orders': sellerOrders,
  '/seller/:sellerId/orders/:orderId': one,
  '/api/v1/sellers/:sellerId/orders/:orderId/refunds': one,
  '/seller/:sellerId/listings': sellerListings,
  '/api/v1/sellers/:sellerId/listings': sellerListings,
  '/seller/:sellerId/payouts': ['', 'cursor={midSellerPayouts}'],
  '/api/v1/sellers/:sellerId/payouts': ['', 'cursor={midSellerPayouts}'],
  '/seller/:sellerId/balance': ['', 'cursor={midBalance}'],
  '/api/v1/sellers/:sellerId/balance': one,
  '/api/v1/sellers/:sellerId/balance/transactions': ['', 'cursor={midBalance}'],
  '/api/v1/sellers/:sellerId/promotions': one,
  '/admin': one,
  '/api/v1/admin/attention': one,
  '/api/v1/admin/daily-figures': ['', 'from={from}&to={to}'],
  '/admin/orders': adminOrders,
  '/api/v1/admin/orders': adminOrders,
  '/admin/orders/:orderId': one,
  '/api/v1/admin/orders/:orderId': one,
  '/api/v1/admin/orders/:orderId/refunds': one,
  '/admin/orders/attention': attention,
  '/api/v1/admin/payment-attention': attention,
  '/admin/sellers': sellers,
  '/api/v1/admin/sellers': sellers,
  '/admin/sellers/:sellerId': one,
  '/admin/payouts': payouts,
  '/api/v1/admin/payouts': payouts,
  '/admin/refunds': refunds,
  '/api/v1/admin/refunds': refunds,
  '/admin/refunds/debts': debts,
  '/api/v1/admin/debts': debts,
  '/admin/fees': rules,
  '/api/v1/admin/fee-rules': rules,
  '/admin/fees/earned': earned,
  '/api/v1/admin/fees-earned': earned,
  '/admin/promotions': promotions,
  '/api/v1/admin/promotions': promotions,
  '/admin/events': events,
  '/api/v1/admin/events': events,
  '/admin/audit': audit,
  '/api/v1/admin/audit': audit,
  '/api/v1/admin/audit/chain': one,
  '/admin/books': [...differences, 'accounts={midAccounts}'],
  '/api/v1/admin/books': one,
  '/api/v1/admin/books/accounts': ['', 'cursor={midAccounts}'],
  '/api/v1/admin/books/differences': differences,
};

/** Ends of paths, or whole ones, that hold no list which could grow with the marketplace. */
export const notLists: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\.csv$/, 'a download of the whole list, read by the same pages'],
  [/^\/(assets|files)\//, 'a file'],
  [
    /^\/(health|forgot|reset|confirm|sign-in|sign-up|sell$|docs|api\/docs|account|cart$|checkout$|demo)/,
    'about one person or nobody',
  ],
  [/^\/api\/v1\/(account|session|cart|categories|openapi\.json)/, 'about one person or nobody'],
  [
    /\/new$|\/settings$|\/standing$|\/stripe\/(refresh|return)$|\/refund$|\/refund-preview$/,
    'a form or a step about one thing',
  ],
  [/^\/purchases\/:|^\/api\/v1\/purchases\/|^\/listing\/:/, 'one purchase or listing'],
  [/\/:(sellerId|orderId|payoutId|refundId|eventId|listingId|id)$/, 'one thing by its id'],
];
