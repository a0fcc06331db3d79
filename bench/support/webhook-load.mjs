/** Sends signed events of about 3.4 KB with unique ids for SECONDS over CONNECTIONS keep-alive connections. Prints JSON. */
import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';

const { URL: target, SECRET, SECONDS = '8', CONNECTIONS = '64' } = process.env;
const { hostname, port, pathname } = new URL(target);
const agent = new Agent({ keepAlive: true, maxSockets: Number(CONNECTIONS) });
const run = randomBytes(6).toString('hex');
const filler = Object.fromEntries(
  Array.from({ length: 48 }, (_, i) => [`field_${i}`, randomBytes(24).toString('hex')]),
);
const template = JSON.stringify({
  id: 'evt_RUN_NUMBER',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: Math.floor(Date.now() / 1000),
  data: {
    object: { id: 'ch_RUN_NUMBER', object: 'charge', amount: 1000, currency: 'usd', metadata: filler },
  },
  livemode: false,
  pending_webhooks: 1,
  type: 'charge.succeeded',
});

let number = 0;
const statuses = {};
const latencies = [];
const until = Date.now() + Number(SECONDS) * 1000;

function send() {
  const body = template.replaceAll('RUN_NUMBER', `${run}${number++}`);
  const t = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex');
  const started = performance.now();
  return new Promise((resolve) => {
    const outgoing = request(
      {
        agent,
        hostname,
        port,
        path: pathname,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'stripe-signature': `t=${t},v1=${signature}`,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => {
          statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
          latencies.push(performance.now() - started);
          resolve();
        });
      },
    );
    outgoing.on('error', (error) => {
      statuses[error.code] = (statuses[error.code] ?? 0) + 1;
      resolve();
    });
    outgoing.end(body);
  });
}

const started = Date.now();
await Promise.all(
  Array.from({ length: Number(CONNECTIONS) }, async () => {
    while (Date.now() < until) await send();
  }),
);
const seconds = (Date.now() - started) / 1000;
latencies.sort((a, b) => a - b);
const at = (share) => Math.round(latencies[Math.floor(latencies.length * share)] * 10) / 10;
console.log(
  JSON.stringify({
    perSecond: Math.round((statuses[200] ?? 0) / seconds),
    stored: statuses[200] ?? 0,
    p50: at(0.5),
    p99: at(0.99),
    statuses,
  }),
);
process.exit(0);
