import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '#platform';

/** tools/ is never built: Node runs it as it stands, so it is reached by its place in the project. */
const load = (file: string): Promise<unknown> => import(pathToFileURL(join(projectRoot, 'tools', file)).href);

export const { startPostgres } = (await load('postgres.ts')) as typeof import('../../tools/postgres.js');
export const { freePort } = (await load('free-port.ts')) as typeof import('../../tools/free-port.js');
