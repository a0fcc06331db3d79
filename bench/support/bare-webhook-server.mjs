/** The baseline: bare node:http and pg, the signature checked, one INSERT per event, 200. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const { DATABASE_URL, PORT, SECRET } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query(
  'create table if not exists public.bare_events (event_id text primary key, payload jsonb not null, received_at timestamptz not null default now())',
);

function genuine(body, header) {
  const parts = new Map(header.split(',').map((part) => part.split('=')));
  const expected = createHmac('sha256', SECRET)
    .update(`${parts.get('t')}.${body}`)
    .digest();
  const given = Buffer.from(parts.get('v1') ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

createServer((request, response) => {
  if (request.method === 'GET') return response.end('up');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    if (!genuine(body, request.headers['stripe-signature'] ?? '')) return response.writeHead(400).end();
    pool
      .query('insert into public.bare_events (event_id, payload) values ($1, $2) on conflict do nothing', [
        JSON.parse(body).id,
        body,
      ])
      .then(() => response.writeHead(200).end())
      .catch(() => response.writeHead(500).end());
  });
}).listen(Number(PORT), '127.0.0.1');

process.on('SIGTERM', () => process.exit(0));
