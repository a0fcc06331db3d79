import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { architecture } from '../../tools/eslint/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const linter = new Linter({ cwd: ROOT, configType: 'flat' });
const config = [
  { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser }, ...architecture },
] as unknown as Linter.Config[];

/** What the architecture's rules say to `source`, were it the file `path` of this project: `rule: message` each. */
export function violations(path: string, source: string): string[] {
  return linter
    .verify(source, config, { filename: `${ROOT}${path}` })
    .map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`);
}

/** The rules that `source` breaks, were it the file `path`. */
export function brokenRules(path: string, source: string): string[] {
  return violations(path, source).map((text) => text.split(':')[0] ?? '');
}
