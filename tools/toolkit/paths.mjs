import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const ROOT = at('.');
/** Everything that a run leaves behind: databases, the emulator's journal, logs, process ids. */
export const STATE = at('.guildhall');
export const DIST = at('dist');
export const MODULES = at('node_modules');
/** Node 24, which is one of the packages; npm scripts find it first on their PATH, people's shells don't. */
export const NODE = at(`node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
