/** The baseline: bare node:http and pg, two durable commits, and between them one call by Stripe's SDK. */
import { createServer } from 'node:http';
import pg from 'pg';
import Stripe from 'stripe';

const { DATABASE_URL, PORT, STRIPE_SECRET_KEY, STRIPE_API_BASE, STRIPE_ACCOUNT } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query(
  'create table if not exists public.bare_checkouts (order_id text primary key, request jsonb not null, session_id text)',
);
const { hostname: host, port } = new URL(STRIPE_API_BASE);
const stripe = new Stripe(STRIPE_SECRET_KEY, { host, port, protocol: 'http', telemetry: false });
const run = Date.now().toString(36);
let number = 0;

async function checkout() {
  const orderId = `bare_${run}_${++number}`;
  const order = {
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'eur', unit_amount: 2500, product_data: { name: 'Bowl (Blue)' } },
      },
    ],
    payment_intent_data: { application_fee_amount: 280, transfer_data: { destination: STRIPE_ACCOUNT } },
    metadata: { order_id: orderId },
    customer_email: 'ada@example.com',
    success_url: 'http://localhost/paid',
    cancel_url: 'http://localhost/left',
  };
  await pool.query('insert into public.bare_checkouts (order_id, request) values ($1, $2)', [orderId, order]);
  const session = await stripe.checkout.sessions.create(order, { idempotencyKey: orderId });
  await pool.query('update public.bare_checkouts set session_id = $2 where order_id = $1', [
    orderId,
    session.id,
  ]);
  return { outcome: 'pay', orderId, url: session.url };
}

createServer((request, response) => {
  if (request.method === 'GET') return response.end('up');
  request.resume();
  checkout().then(
    (answer) => response.end(JSON.stringify(answer)),
    () => response.writeHead(500).end('{}'),
  );
}).listen(Number(PORT), '127.0.0.1');

process.on('SIGTERM', () => process.exit(0));
