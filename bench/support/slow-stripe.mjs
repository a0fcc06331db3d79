/**
 * Stands before the emulator and answers POST /v1/checkout/sessions DELAY_MS after it came, as Stripe would; the rest at
 * once. GET /_times gives, once, how long each of those calls took here, by metadata[order_id].
 */
import { Agent, createServer, request } from 'node:http';
import { parse } from 'node:querystring';

const { PORT, TARGET, DELAY_MS } = process.env;
const { hostname, port } = new URL(TARGET);
const agent = new Agent({ keepAlive: true });
let times = {};

function ask(incoming, body) {
  return new Promise((resolve, reject) => {
    const { method, url: path, headers } = incoming;
    const outgoing = request({ agent, hostname, port, method, path, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function pass(incoming, response, body, came) {
  const creates = incoming.method === 'POST' && incoming.url === '/v1/checkout/sessions';
  const answer = await ask(incoming, body);
  const left = creates ? Number(DELAY_MS) - (performance.now() - came) : 0;
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  response.writeHead(answer.status, answer.headers).end(answer.body);
  const order = creates && parse(body.toString('utf8'))['metadata[order_id]'];
  if (order) times[order] = performance.now() - came;
}

createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
  const came = performance.now();
  if (incoming.url === '/_times') {
    response.end(JSON.stringify(times));
    times = {};
    return;
  }
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    pass(incoming, response, Buffer.concat(chunks), came).catch(() => response.writeHead(502).end());
  });
}).listen(Number(PORT), '127.0.0.1');

process.on('SIGTERM', () => process.exit(0));
