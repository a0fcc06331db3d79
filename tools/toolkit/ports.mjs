import { createServer } from 'node:net';
import { Problem } from './problem.mjs';

/** Refuses a port that somebody listens on; `flag` chooses another. */
export async function ensureFree(port, flag) {
  for (const host of ['127.0.0.1', undefined]) {
    const problem = await tryToListen(port, host);
    if (problem === 'EADDRINUSE') {
      throw new Problem(
        `Port ${port} is busy: stop the program that listens on it, or choose another with npm start -- ${flag} ${port + 1}.`,
      );
    }
    if (problem === 'EACCES') {
      throw new Problem(
        `Port ${port} needs more rights than you have: choose one above 1023 with npm start -- ${flag} 3000.`,
      );
    }
  }
}

function tryToListen(port, host) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => done(error.code));
    probe.listen({ port, host }, () => probe.close(() => done(undefined)));
  });
}
