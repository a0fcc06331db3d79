/**
 * Sends EVENTS signed events of about 3.4 KB with unique ids over CONNECTIONS keep-alive connections, and prints JSON.
 * Every request is signed before the clock starts and goes out over a bare socket, since the generator shares two cores
 * with what it measures: a client that costs as much as the server would measure itself.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const { URL: target, SECRET, EVENTS, CONNECTIONS = '64' } = process.env;
const { hostname, port, pathname } = new URL(target);
const requests = prepare(Number(EVENTS));
const statuses = {};
const latencies = [];
let next = 0;

function prepare(count) {
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
  return Array.from({ length: count }, (_, number) => {
    const body = template.replaceAll('RUN_NUMBER', `${run}${number}`);
    const t = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex');
    return Buffer.from(
      `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nstripe-signature: t=${t},v1=${signature}\r\n\r\n${body}`,
    );
  });
}

/** One connection: a request, its answer, the next. Both servers answer with a status line and no body. */
function work() {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    let sent = 0;
    const send = () => {
      if (next === requests.length) return socket.end();
      sent = performance.now();
      socket.write(requests[next++]);
    };
    const count = (status) => (statuses[status] = (statuses[status] ?? 0) + 1);
    socket.setNoDelay(true);
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      // A chunked answer without a body ends in 0\r\n\r\n, any other with its headers.
      const whole = /transfer-encoding: chunked/i.test(answer)
        ? answer.endsWith('\r\n0\r\n\r\n')
        : answer.endsWith('\r\n\r\n');
      if (!whole) return;
      latencies.push(performance.now() - sent);
      count(answer.slice(9, 12));
      answer = '';
      send();
    });
    socket.on('error', (error) => count(error.code));
    socket.on('close', resolve);
  });
}

const started = performance.now();
await Promise.all(Array.from({ length: Number(CONNECTIONS) }, work));
const seconds = (performance.now() - started) / 1000;
latencies.sort((a, b) => a - b);
const at = (share) => Math.round(latencies[Math.floor(latencies.length * share)] * 10) / 10;
console.log(
  JSON.stringify({
    perSecond: Math.round((statuses[200] ?? 0) / seconds),
    p50: at(0.5),
    p99: at(0.99),
    statuses,
  }),
);
