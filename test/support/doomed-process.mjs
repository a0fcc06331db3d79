/**
 * A process that performs one verb and kills itself at one step of one kind of write to Stripe, the way a power cut would:
 * `node doomed-process.mjs '{"kind": …, "step": …, "verb": …, "args": […]}'`. It runs the built program, so that it is a
 * process of its own in every respect; the settings come from the environment.
 */
import 'reflect-metadata';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { kind, step, verb, args, dist } = JSON.parse(process.argv[2]);
const built = (path) => import(pathToFileURL(join(dist, path)).href);
const { Attempts } = await built('libs/stripe/src/index.js');
const { JobRunner, Config } = await built('libs/platform/src/index.js');
const { createWorker } = await built('apps/worker/src/create-worker.js');

/** SIGKILL leaves nothing time to say goodbye: no rollback, no closed connection, no finally. */
function die() {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

const { call, finish, close } = Attempts.prototype;

Attempts.prototype.call = function (attempt, write) {
  return step === 'committed' && attempt.kind === kind ? die() : call.apply(this, [attempt, write]);
};

Attempts.prototype.finish = async function (attempt, write, result) {
  if (attempt.kind !== kind) return finish.apply(this, [attempt, write, result]);
  if (step === 'answered') return die();
  const done = await finish.apply(this, [attempt, write, result]);
  return step === 'recorded' ? die() : done;
};

Attempts.prototype.close = function (attempt, outcome, work) {
  const dying = async () => {
    await work();
    await die();
  };
  const doomed = step === 'recording' && attempt.kind === kind;
  return close.apply(this, [attempt, outcome, doomed ? dying : work]);
};

const verbs = {
  /** Takes a job or schedule up, as the worker would. */
  job: async (context, task, payload) => context.get(JobRunner).runNow(task, payload),
  /** Calls a method of a lib's service. */
  service: async (context, lib, name, method, ...parameters) => {
    const services = await built(`libs/${lib}/src/index.js`);
    await context.get(services[name], { strict: false })[method](...parameters);
  },
};

const context = await createWorker(new Config(process.env));
// Dozens of processes compile the same code, and none of them lives to its end, where it would be kept.
flushCompileCache();
await verbs[verb](context, ...args);
// Reached only where the step never came: the parent takes it for a failure.
await context.close();
