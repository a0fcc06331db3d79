import { relative, sep } from 'node:path';

/**
 * Where a file of this project lives: `{ area: 'libs', name: 'orders' }`, with `name` for libs and apps only, and
 * `path` from the root with forward slashes.
 */
export function placeOf(file, root) {
  const path = relative(root, file).split(sep).join('/');
  const [area, name] = path.split('/');
  return area === 'libs' || area === 'apps' ? { area, name, path } : { area, path };
}

export function isSpec(path) {
  return /\.spec\.tsx?$/.test(path);
}
