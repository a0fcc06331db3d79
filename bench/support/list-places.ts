import pg from 'pg';

/** Ids that the routes' parameters and filters stand for, and `mid…` cursors to the middle of each list, in one database. */
export type Places = Readonly<Record<string, string>>;

const id = (table: string, where = 'true') => `select id from ${table} where ${where} order by id limit 1`;
const seller = (column: string) =>
  `(select ${column} from sellers.sellers s join sellers.connected_accounts a on a.seller_id = s.id order by s.id limit 1)`;
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const iso = (column: string) => `to_char(${column} at time zone 'UTC', ${ISO})`;
const exact = (column: string) => iso(column).replace('.MS', '.US');

/** The row in the middle of a list as its keyset cursor: the sort columns' values. */
const middle = (values: string, from: string, order: string) =>
  `select json_build_array(1, ${values}) as value from ${from} order by ${order} offset (select count(*) / 2 from ${from}) limit 1`;

const ids: Record<string, string> = {
  sellerId: `select ${seller('s.id')}`,
  slug: `select ${seller('s.slug')}`,
  account: `select ${seller('a.stripe_account')}`,
  orderId: id('orders.orders', `seller_id = ${seller('s.id')} and status = 'shipped'`),
  buyer: `select ship_name from orders.orders where seller_id = ${seller('s.id')} order by id limit 1`,
  charge: `select charge_id from orders.orders where seller_id = ${seller('s.id')} and charge_id is not null limit 1`,
  own: id('orders.orders', `buyer_id = (select id from identity.users order by id limit 1)`),
  purchaseId: `select purchase_id from orders.orders where buyer_id = (select id from identity.users order by id limit 1) order by id limit 1`,
  payoutId: `select id from payouts.payouts where seller_id = ${seller('s.id')} order by created limit 1`,
  refundId: id('refunds.refunds'),
  differenceId: id('reconciliation.differences'),
  eventId: 'select event_id from stripe.inbox_events order by id limit 1',
  object: 'select object_id from stripe.inbox_events order by id limit 1',
  listingId: id('catalog.listings', `seller_id = ${seller('s.id')} and status = 'published'`),
  user: 'select id from identity.users order by id limit 1',
  from: `select (now() - interval '60 days')::date::text`,
  to: `select (now() - interval '50 days')::date::text`,
};

const ordersOf = (owner: string) =>
  middle(`${iso('created_at')}, id`, `orders.orders where ${owner}`, 'created_at, id');
const visible = (more = 'true') =>
  `catalog.listings where status = 'published' and shop_open and price_from is not null and ${more}`;

const middles: Record<string, string> = {
  midOrders: ordersOf('true'),
  midShipped: ordersOf(`status = 'shipped'`),
  midSellerOrders: ordersOf(`seller_id = ${seller('s.id')}`),
  midBuyerOrders: ordersOf(`buyer_id = (select id from identity.users order by id limit 1)`),
  midPurchases: middle(
    'id',
    `orders.purchases where buyer_id = (select id from identity.users order by id limit 1)`,
    'id',
  ),
  midListings: middle(`${iso('published_at')}, id`, visible(), 'published_at, id'),
  midShop: middle(`${iso('published_at')}, id`, visible(`seller_id = ${seller('s.id')}`), 'published_at, id'),
  midPrice: middle('price_from::text, id', visible(`currency = 'eur'`), 'price_from, id'),
  midSellerListings: middle('id', `catalog.listings where seller_id = ${seller('s.id')}`, 'id'),
  midPayouts: middle(`failed_first, ${exact('created')}, id`, 'payouts.payouts', 'failed_first, created, id'),
  midSellerPayouts: middle(
    `${exact('created')}, id`,
    `payouts.payouts where seller_id = ${seller('s.id')}`,
    'created, id',
  ),
  midBalance: middle(
    `${exact('created')}, id`,
    `books.balance_transactions where stripe_account = ${seller('a.stripe_account')}`,
    'created, id',
  ),
  midEvents: middle('id::text', 'stripe.inbox_events', 'id'),
  midAudit: middle('id::text', 'audit.entries', 'id'),
  midRefunds: middle(`${iso('created_at')}, id`, 'refunds.refunds', 'created_at, id'),
  midDebts: middle(`${iso('created_at')}, id`, 'debts.debts', 'created_at, id'),
  midSellers: middle('id', 'sellers.sellers', 'id'),
  midFees: middle(`${iso('valid_from')}, id`, 'fees.rules', 'valid_from, id'),
  midEarned: middle(
    'day::text, stripe_account, currency',
    `ledger.daily_totals where kind = 'application_fee' and stripe_account <> 'platform' and day > now() - interval '25 days'`,
    'day, stripe_account, currency',
  ),
  midPromotions: middle(
    `${iso('created_at')}, id`,
    'checkout.promotion_codes where seller_id is null',
    'created_at, id',
  ),
  midDifferences: middle('id', `reconciliation.differences where state = 'closed'`, 'id'),
  midAccounts: middle(
    'differs_first, stripe_account, currency',
    'reconciliation.lines',
    'differs_first, stripe_account, currency',
  ),
  midAttention: middle(
    `${iso('created_at')}, id`,
    'payments.attention where resolved_at is null',
    'created_at, id',
  ),
};

export async function placesOf(databaseUrl: string): Promise<Places> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const places: Record<string, string> = {};
  for (const [name, sql] of Object.entries({ ...ids, ...middles })) {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    const value = rows[0]?.[0];
    if (value === undefined) throw new Error(`the made marketplace has no ${name}`);
    places[name] = Array.isArray(value)
      ? Buffer.from(JSON.stringify(value)).toString('base64url')
      : String(value);
  }
  await client.end();
  return places;
}
