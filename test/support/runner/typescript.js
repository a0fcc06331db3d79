/** Lets Node import our TypeScript: `#lib` and `./file.js` lead to the sources, which SWC compiles (decorators, JSX). */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const PROJECT = new URL('../../../', import.meta.url).href;
const isOurs = (url) => url?.startsWith(PROJECT) && !/^(node_modules|dist)\//.test(url.slice(PROJECT.length));

// .swcrc is looked for from `cwd`.
const settings = { cwd: fileURLToPath(PROJECT), sourceMaps: 'inline' };

process.setSourceMapsEnabled(true);

registerHooks({
  resolve(specifier, context, next) {
    if (!isOurs(context.parentURL)) return next(specifier, context);
    if (specifier.startsWith('#'))
      return next(specifier, { ...context, conditions: [...context.conditions, 'guildhall-source'] });
    return next(sourceOf(specifier, context.parentURL), context);
  },
  load(url, context, next) {
    if (!isOurs(url) || !/\.tsx?$/.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...settings, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

/** `./file.js`, as it will be called when compiled, is file.ts or file.tsx, unless there is such a file. */
function sourceOf(specifier, parentURL) {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return specifier;
  const endings = ['.js', '.ts', '.tsx'].map((ending) => specifier.replace(/\.js$/, ending));
  return endings.find((path) => existsSync(new URL(path, parentURL))) ?? specifier;
}
