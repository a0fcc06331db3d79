/**
 * `npm run api:answers`: derives what every route of the API answers from the return types of the controllers, so that the
 * documentation can't say anything else than the compiler. With `--check` it only says whether the stored file is current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { answersOf } from './toolkit/answers.mjs';
import { ROOT } from './toolkit/paths.mjs';
import { main, Problem } from './toolkit/problem.mjs';

const FILE = join(ROOT, 'apps/marketplace/src/docs/answers.generated.ts');

await main(async () => {
  const { answers, schemas } = answersOf(ROOT);
  const text = await prettier.format(
    `/** Made by \`npm run api:answers\` from the return types of the controllers; do not edit. */
     export const answers: Record<string, object | null> = ${JSON.stringify(answers)};
     export const answerSchemas: Record<string, object> = ${JSON.stringify(schemas)};`,
    { ...(await prettier.resolveConfig(FILE)), parser: 'typescript' },
  );
  if (!process.argv.includes('--check')) return writeFileSync(FILE, text);
  if (readFileSync(FILE, 'utf8') !== text)
    throw new Problem('What routes answer has changed: run “npm run api:answers” and commit the result.');
});
