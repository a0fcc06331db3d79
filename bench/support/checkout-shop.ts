import { createHash } from 'node:crypto';
import pg from 'pg';

const KEY = 'gh_bench';
const VARIANTS = 500;

/** A shop that may sell, made through the API and the emulator; 500 variants and `carts` guests with one of them each. */
export async function checkoutShop(place: {
  client: pg.Client;
  webUrl: string;
  emulatorUrl: string;
  carts: number;
}): Promise<{ stripeAccount: string }> {
  const { client, webUrl, emulatorUrl, carts } = place;
  await client.query(
    `insert into identity.users (id, name, email, email_confirmed_at) values ('usr_bench', 'Ada Byron', 'ada@example.com', now())`,
  );
  await client.query(
    `insert into identity.api_keys (id, user_id, name, key_hash, hint) values ('key_bench', 'usr_bench', 'Bench', $1, 'ench')`,
    [createHash('sha256').update(KEY).digest()],
  );
  const seller = await post<Seller>(`${webUrl}/api/v1/sellers`, {
    name: 'Bench Pottery',
    country: 'DE',
    currency: 'eur',
    acceptTerms: true,
  });
  await post(`${emulatorUrl}/_emulator/accounts/${seller.stripeAccount}/complete_onboarding`, {});
  const open = await post<Seller>(`${webUrl}/api/v1/sellers/${seller.id}/refresh`, {});
  if (!open.canSell) throw new Error('the shop of the benchmark can not sell');
  await fill(client, seller.id, carts);
  return { stripeAccount: seller.stripeAccount };
}

interface Seller {
  readonly id: string;
  readonly stripeAccount: string;
  readonly canSell: boolean;
}

async function post<T>(url: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function fill(client: pg.Client, sellerId: string, carts: number): Promise<void> {
  await client.query(
    `insert into catalog.shops (seller_id, open) values ($1, true) on conflict (seller_id) do update set open = true`,
    [sellerId],
  );
  await client.query(
    `insert into catalog.listings (id, seller_id, status, title, description, category_id, currency, shipping_amount,
       ships_from, shop_open, price_from, price_to, in_stock, published_at)
     select 'lst_bench' || n, $1, 'published', 'Bowl ' || n, 'Made by hand.', 'ceramics', 'eur', 490, 'DE', true, 2500, 2500, true, now()
     from generate_series(1, ${VARIANTS}) n`,
    [sellerId],
  );
  await client.query(
    `insert into catalog.variants (id, listing_id, currency, position, name, price_amount, on_hand)
     select 'var_bench' || n, 'lst_bench' || n, 'eur', 1, 'Blue', 2500, 100000 from generate_series(1, ${VARIANTS}) n`,
  );
  await client.query(
    `insert into checkout.carts (id, token_hash)
     select 'car_bench' || n, sha256(convert_to('bench-cart-' || n, 'UTF8')) from generate_series(0, $1::int - 1) n`,
    [carts],
  );
  await client.query(
    `insert into checkout.cart_items (cart_id, variant_id, quantity, seen_amount, currency)
     select 'car_bench' || n, 'var_bench' || (n % ${VARIANTS} + 1), 1, 2500, 'eur' from generate_series(0, $1::int - 1) n`,
    [carts],
  );
  await client.query('analyze');
}
