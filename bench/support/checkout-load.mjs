/**
 * Begins RATE checkouts a second for SECONDS, whether or not the earlier ones are answered. WHAT=guildhall takes the carts
 * `bench-cart-FIRST` and on: begin, then pay. WHAT=bare is one POST. Prints JSON: [{ orderId, ms }], orderId null where refused.
 */
import { Agent, request } from 'node:http';

const { URL: target, WHAT, RATE, SECONDS, FIRST = '0' } = process.env;
const { hostname, port } = new URL(target);
const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
const shipTo = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4LB',
  country: 'GB',
};

function post(path, cart, body) {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    cookie: `cart=${cart}`,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, hostname, port, path, method: 'POST', headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode < 300) resolve(JSON.parse(text));
        else reject(new Error(`${path}: ${response.statusCode} ${text}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function checkout(number) {
  const cart = `bench-cart-${number}`;
  if (WHAT === 'bare') return post('/', cart, '{}');
  const purchase = await post('/api/v1/checkout', cart, JSON.stringify({ email: 'ada@example.com', shipTo }));
  return post(`/api/v1/purchases/${purchase.id}/pay`, cart, '{}');
}

async function timed(number) {
  const started = performance.now();
  try {
    const { orderId = null, url } = await checkout(number);
    return { orderId: url ? orderId : null, ms: performance.now() - started };
  } catch (error) {
    console.error(error.message);
    return { orderId: null, ms: performance.now() - started };
  }
}

const started = performance.now();
const running = [];
for (let n = 0; n < Number(RATE) * Number(SECONDS); n++) {
  const wait = started + (n * 1000) / Number(RATE) - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  running.push(timed(Number(FIRST) + n));
}
const answers = await Promise.all(running);
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
