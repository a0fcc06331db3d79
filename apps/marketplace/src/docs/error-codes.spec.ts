import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { codes } from './error-codes.js';

/** Every `new DomainError('code', 'kind'` and `DomainError.field(…, 'code'` of libs and doors. */
function codesInSource(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['libs', 'apps/marketplace/src']) {
    for (const file of readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || /\.spec\.tsx?$/.test(file)) continue;
      const source = readFileSync(join(projectRoot, folder, file), 'utf8');
      for (const [, code, kind] of source.matchAll(/new DomainError\(\s*'(\w+)',\s*'(\w+)'/g))
        found.set(code!, kind!);
      for (const [, code] of source.matchAll(/DomainError\.field\(\s*[^,]+,\s*'(\w+)'/g))
        found.set(code!, 'invalid');
    }
  }
  return found;
}

const documented = new Map(
  Object.entries(codes).flatMap(([kind, own]) =>
    Object.keys(own).map((code): [string, string] => [code, kind]),
  ),
);

describe('the page of error codes', () => {
  const found = codesInSource();

  it('explains every code that the program gives, under its status', () => {
    const missing = [...found].filter(
      ([code, kind]) => !code.endsWith('_not_found') && documented.get(code) !== kind,
    );
    expect(missing).toEqual([]);
  });

  it('explains none that is gone', () => {
    const gone = [...documented.keys()].filter((code) => !found.has(code) && code !== 'route_not_found');
    expect(gone).toEqual([]);
  });
});
