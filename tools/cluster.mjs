/**
 * node tools/cluster.mjs N FILE: runs FILE in N processes that share its port. One that dies ends all, so that whoever
 * started them (the launcher, Docker) sees it and decides.
 */
import cluster from 'node:cluster';

const [count, file] = process.argv.slice(2);
cluster.setupPrimary({ exec: file, args: [] });
let stopping = false;
let exitCode = 0;

function stop() {
  stopping = true;
  for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
cluster.on('exit', (_worker, code) => {
  if (!stopping) {
    exitCode = code || 1;
    stop();
  }
  if (Object.keys(cluster.workers).length === 0) process.exit(exitCode);
});
for (let n = 0; n < Number(count); n++) cluster.fork();
