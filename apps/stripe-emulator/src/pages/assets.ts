import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

interface Asset {
  type: string;
  body: Buffer;
}

const FONTS = ['inter-latin-wght-normal.woff2', 'inter-latin-ext-wght-normal.woff2'];

const assets = load();
const version = hashOf(assets);

/** The address of an asset; it changes whenever any of them does, so browsers may keep it for good. */
export function assetUrl(name: string): string {
  if (!assets.has(name)) throw new Error(`No asset is named ${name}.`);
  return `/assets/${version}/${name}`;
}

/** Serves the stylesheet, the script and the fonts of the pages. */
export function serveAssets(app: FastifyInstance): void {
  app.get<{ Params: { version: string; name: string } }>('/assets/:version/:name', (request, reply) => {
    const asset = assets.get(request.params.name);
    if (!asset) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.');
    const current = request.params.version === version;
    return reply
      .type(asset.type)
      .header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(asset.body);
  });
}

function load(): Map<string, Asset> {
  const folder = join(packageRoot(), 'apps/stripe-emulator/src/pages/assets');
  const css = readdirSync(join(folder, 'css')).sort();
  const script = readFileSync(join(folder, 'pages.js'));
  const loaded = new Map<string, Asset>([
    [
      'pages.css',
      {
        type: 'text/css; charset=utf-8',
        body: Buffer.concat(css.map((name) => readFileSync(join(folder, 'css', name)))),
      },
    ],
    ['pages.js', { type: 'text/javascript; charset=utf-8', body: script }],
    ['mark.svg', { type: 'image/svg+xml', body: readFileSync(join(folder, 'mark.svg')) }],
  ]);
  const require = createRequire(import.meta.url);
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
