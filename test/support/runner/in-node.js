/**
 * Jest's own runner and jest-circus, with Node itself as the loader of modules instead of Jest's: Nest, TypeORM, Stripe's
 * SDK and our own libs are then loaded and compiled once in a test process and not once in every one of its files. What
 * it costs is said in docs/decisions/0016.
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
  // Jest leaves out lines of a stack that say no more than `at <anonymous>`; here they say which module failed.
  unstable_importModule: (path) =>
    import(pathToFileURL(path).href).catch((error) => {
      if (error?.stack) error.stack = error.stack.replaceAll('at <anonymous> (', 'at module (');
      throw error;
    }),
};

export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Jest has put a hook of its own here, which knows the source maps of its own loader only.
  Error.prepareStackTrace = undefined;
  return circus(globalConfig, config, { global: globalThis }, node, testPath, sendMessageToJest);
}
