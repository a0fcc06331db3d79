/**
 * A process that performs one verb per step of one kind of write to Stripe, and kills itself, the way a power cut would,
 * when each of them stands at its step: `node doomed-process.mjs '{"kind": …, "scenes": [{"step": …, "verb": …, "args": […]}]}'`.
 * It runs the built program, so that it is a process of its own in every respect; the settings come from the environment.
 */
import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { kind, scenes, dist } = JSON.parse(process.argv[2]);
const built = (path) => import(pathToFileURL(join(dist, path)).href);
const { Attempts } = await built('libs/stripe/src/index.js');
const { JobRunner, Config } = await built('libs/platform/src/index.js');
const { createWorker } = await built('apps/worker/src/create-worker.js');

/** The step that whoever runs is to stand still at. */
const doom = new AsyncLocalStorage();
const stands = (step, attempt) => doom.getStore() === step && attempt.kind === kind;

let underWay = scenes.length;
const others = Promise.withResolvers();

/** SIGKILL leaves nothing time to say goodbye: no rollback, no closed connection, no finally. */
function die() {
  underWay -= 1;
  if (underWay === 1) others.resolve();
  if (underWay === 0) process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

const { call, finish, close } = Attempts.prototype;

Attempts.prototype.call = function (attempt, write) {
  return stands('committed', attempt) ? die() : call.apply(this, [attempt, write]);
};

Attempts.prototype.finish = async function (attempt, write, result) {
  if (stands('answered', attempt)) return die();
  const done = await finish.apply(this, [attempt, write, result]);
  return stands('recorded', attempt) ? die() : done;
};

Attempts.prototype.close = async function (attempt, outcome, work) {
  if (!stands('recording', attempt)) return close.apply(this, [attempt, outcome, work]);
  // It holds its locks until the end, so it comes last.
  await others.promise;
  const dying = async () => {
    await work();
    await die();
  };
  return close.apply(this, [attempt, outcome, dying]);
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
await Promise.race(scenes.map(({ step, verb, args }) => doom.run(step, verbs[verb], context, ...args)));
// Reached only where a step never came: the parent takes it for a failure.
process.exit(1);
