import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

type Asset = { type: string; body: Buffer };

const FONTS = ['inter-latin-wght-normal.woff2', 'inter-latin-ext-wght-normal.woff2'];
const YEAR_S = 365 * 24 * 60 * 60;

const assets = loadAssets();
const version = hashOf(assets);

/** The address of an asset, which changes whenever any asset does: "/assets/3f2a…/guildhall.css". */
export function assetUrl(name: string): string {
  if (!assets.has(name)) throw new Error(`There is no asset named ${name}; add it to ui/assets.`);
  return `/assets/${version}/${name}`;
}

/**
 * Serves stylesheet, script, mark and fonts under /assets/<content hash>/. The current hash is cached for a year; an older one, asked for
 * by a page from before an update, gets today's file and no caching.
 */
export function registerAssets(server: FastifyInstance): void {
  server.get<{ Params: { version: string; name: string } }>('/assets/:version/:name', (request, reply) => {
    const asset = assets.get(request.params.name);
    if (!asset) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.');
    const current = request.params.version === version;
    return reply
      .type(asset.type)
      .header('cache-control', current ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .send(asset.body);
  });
}

function loadAssets(): Map<string, Asset> {
  const folder = join(packageRoot(), 'apps/marketplace/src/ui/assets');
  const css = readdirSync(join(folder, 'css')).sort();
  const require = createRequire(import.meta.url);
  const loaded = new Map<string, Asset>([
    [
      'guildhall.css',
      {
        type: 'text/css; charset=utf-8',
        body: Buffer.concat(css.map((name) => readFileSync(join(folder, 'css', name)))),
      },
    ],
    [
      'guildhall.js',
      { type: 'text/javascript; charset=utf-8', body: readFileSync(join(folder, 'guildhall.js')) },
    ],
    ['mark.svg', { type: 'image/svg+xml', body: readFileSync(join(folder, 'mark.svg')) }],
  ]);
  for (const font of FONTS) {
    const path = require.resolve(`@fontsource-variable/inter/files/${font}`);
    loaded.set(font, { type: 'font/woff2', body: readFileSync(path) });
  }
  return loaded;
}

/** Built code runs from dist/ while the stylesheet stays beside its source; both hang on the folder of package.json. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function hashOf(files: Map<string, Asset>): string {
  const hash = createHash('sha256');
  for (const [name, { body }] of files) hash.update(name).update(body);
  return hash.digest('hex').slice(0, 16);
}
