/**
 * Jest's own runner and jest-circus, with Node itself as the loader of modules instead of Jest's: Nest, TypeORM, Stripe's
 * SDK and our own libs are then loaded and compiled once in a test process and not once in every one of its files, which
 * halves the time of a run. The price: files of one process share modules (none keeps state of a test), `jest.mock` has no
 * place to act, and watch mode sees no change of a module that is already loaded.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import './typescript.js';

const require = createRequire(import.meta.url);
const { default: circus } = require('jest-circus/runner');

// Without a word, Node first takes half a gigabyte of heap apart, which Jest holds for a process that will not end.
process.once('beforeExit', () => process.exit());

/** What jest-circus asks of Jest's runtime. */
const node = {
  /** Its own initialisation, anew for each file: with it come the file's describe blocks and what listens to them. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  },
  requireModule: require,
  setGlobalsForRuntime() {},
  enterTestCode() {},
  leaveTestCode() {},
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(pathToFileURL(path).href),
};

export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Jest has put a hook of its own here, which knows the source maps of its own loader only.
  Error.prepareStackTrace = undefined;
  return circus(globalConfig, config, { global: globalThis }, node, testPath, sendMessageToJest);
}
