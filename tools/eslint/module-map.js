import { dirname, resolve } from 'node:path';
import { apps, libs } from '../module-map.js';
import { eachImport } from './imports.js';
import { isSpec, placeOf } from './places.js';

/** The module map holds: every import between modules is on the table, and goes through the other's index.ts. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = placeOf(context.filename, context.cwd);
    return eachImport((node, specifier) => {
      const message = problem(from, specifier, context);
      if (message) context.report({ node, message });
    });
  },
};

function problem(from, specifier, context) {
  const bound = from.area === 'libs' || from.area === 'apps';
  if (bound && !tableOf(from))
    return `${from.area}/${from.name} is not on the module map (tools/module-map.js): add its row first.`;
  if (specifier === undefined) {
    return bound
      ? 'Name the imported module in a plain string, so that the module map can be checked.'
      : undefined;
  }
  if (specifier.startsWith('#')) return publicImport(from, specifier.slice(1));
  if (/^(file|data|node-file):|^\//.test(specifier)) return 'Import by a relative path or a package name.';
  if (!specifier.startsWith('.')) return undefined;
  return relativeImport(from, placeOf(resolve(dirname(context.filename), specifier), context.cwd));
}

const tableOf = ({ area, name }) => (area === 'libs' ? libs : apps)[name];

function publicImport(from, name) {
  if (!(name in libs))
    return `#${name} is no module of the map: only a lib's index.ts can be imported, as '#orders'.`;
  if (from.area === 'libs' && from.name === name)
    return `Inside libs/${name}, import its files by relative paths.`;
  const allowed = from.area === 'libs' || from.area === 'apps' ? tableOf(from) : Object.keys(libs);
  if (allowed.includes(name)) return undefined;
  return `${from.area}/${from.name} may not import ${name} (tools/module-map.js): move the verb up, or publish an event.`;
}

function relativeImport(from, to) {
  if (to.path.startsWith('..') || to.area === 'dist' || to.area === 'node_modules')
    return `${to.path} is not a source file of this project.`;
  if (to.area === from.area && to.name === from.name) return undefined;
  if (to.area === 'libs') return `Import libs/${to.name} through its index.ts, as '#${to.name}'.`;
  if (from.area === 'libs' || from.area === 'apps') {
    if (isSpec(from.path) && to.path.startsWith('test/support/')) return undefined;
    return `${from.area}/${from.name} may not import ${to.path}: ${to.area} is not below it.`;
  }
  return undefined;
}
