/**
 * Sends the same call COUNT times over CONNECTIONS keep-alive connections and prints JSON. Over bare sockets, since the
 * generator shares the machine with what it measures.
 */
import { connect } from 'node:net';

const { PORT, METHOD, PATH_AND_QUERY, BODY = '', COUNT, CONNECTIONS = '16' } = process.env;
const request = Buffer.from(
  `${METHOD} ${PATH_AND_QUERY} HTTP/1.1\r\nhost: 127.0.0.1:${PORT}\r\nauthorization: Bearer sk_test_bench\r\n` +
    `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(BODY)}\r\n\r\n${BODY}`,
);
const statuses = {};
const latencies = [];
let left = Number(COUNT);

/** One connection: a request, its answer, the next. */
function work() {
  return new Promise((resolve) => {
    const socket = connect(Number(PORT), '127.0.0.1');
    let answer = '';
    let sent = 0;
    const send = () => {
      if (left === 0) return socket.end();
      left -= 1;
      sent = performance.now();
      socket.write(request);
    };
    const count = (status) => (statuses[status] = (statuses[status] ?? 0) + 1);
    socket.setNoDelay(true);
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const body = answer.indexOf('\r\n\r\n') + 4;
      const length = /content-length: (\d+)/i.exec(answer)?.[1];
      if (body < 4 || answer.length < body + Number(length)) return;
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
const perSecond = Math.round((statuses[200] ?? 0) / ((performance.now() - started) / 1000));
latencies.sort((one, other) => one - other);
const p50 = Math.round(latencies[Math.floor(latencies.length / 2)] * 100) / 100;
console.log(JSON.stringify({ perSecond, p50, statuses }));
