/** `npm run check`: everything that can be said about the sources without running them, one line each. */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './toolkit/prepare.mjs';
import { MODULES, NODE, ROOT } from './toolkit/paths.mjs';
import { main } from './toolkit/problem.mjs';

/** Rules of the architecture; the same ESLint run finds them, but they are counted on their own. */
const ARCHITECTURE = /^guildhall\//;

await main(async () => {
  if (!(await prepare())) return;
  const failures = (
    await Promise.all([types(), lintAndModuleMap(), format(), deadCode(), apiAnswers()])
  ).flat();
  console.log(
    `check: ${failures.length - failures.filter(Boolean).length} passed, ${failures.filter(Boolean).length} failed`,
  );
  if (failures.some(Boolean)) process.exitCode = 1;
});

async function types() {
  return report('types', await tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']));
}

async function format() {
  return report('format', await tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']));
}

async function deadCode() {
  return report('dead code', await tool('knip/bin/knip.js', ['--no-progress']));
}

async function apiAnswers() {
  const file = join(ROOT, 'tools/api-answers.mjs');
  return report('API answers', await run(file, ['--check']));
}

async function lintAndModuleMap() {
  const file = join(tmpdir(), `guildhall-lint-${process.pid}.json`);
  const linted = await tool('eslint/bin/eslint.js', ['--format', 'json', '--output-file', file, '.']);
  const results = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
  await rm(file, { force: true });
  if (!results) return [report('lint', linted), report('module map', linted)];
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => ({
      ruleId: ruleId ?? '',
      text: `${filePath}:${line} ${message} (${ruleId})`,
    })),
  );
  const list = (wanted) => ({
    output: found
      .filter(wanted)
      .map(({ text }) => text)
      .join('\n'),
  });
  return [
    report(
      'lint',
      list(({ ruleId }) => !ARCHITECTURE.test(ruleId)),
    ),
    report(
      'module map',
      list(({ ruleId }) => ARCHITECTURE.test(ruleId)),
    ),
  ];
}

/** Prints the line of a check, what it found below it, and returns whether it failed. */
function report(name, { failed, output }) {
  failed ??= output !== '';
  console.log(`${failed ? '✗' : '✓'} ${name}${failed ? `\n${output.trim()}` : ''}`);
  return failed;
}

function tool(script, args) {
  return run(join(MODULES, script), args);
}

function run(file, args) {
  return new Promise((done) => {
    const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } };
    execFile(NODE, [file, ...args], options, (error, stdout, stderr) =>
      done({ failed: Boolean(error), output: `${stdout}${stderr}` }),
    );
  });
}
