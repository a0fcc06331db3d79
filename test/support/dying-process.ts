import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '#platform';
import type { World } from './world.js';

/**
 * Every moment between persisting an attempt and recording its outcome at which a crash leaves something else behind:
 * committed: nobody has asked Stripe · answered: Stripe has done it, and we wrote nothing · recording: in our transaction,
 * everything written and nothing committed · recorded: committed, and nobody was told.
 */
export const STEPS = ['committed', 'answered', 'recording', 'recorded'] as const;
export type Step = (typeof STEPS)[number];

export type Verb =
  | { readonly verb: 'job'; readonly args: readonly [task: string, payload: object] }
  | {
      readonly verb: 'service';
      readonly args: readonly [lib: string, name: string, method: string, ...unknown[]];
    };

/** Performs the verbs in a process of its own that dies when each stands at its step; throws where it ended in another way. */
export async function dieAt(
  world: World,
  kind: string,
  scenes: readonly (Verb & { readonly step: Step })[],
): Promise<void> {
  await untilKilled(new URL('./doomed-process.mjs', import.meta.url), { kind, scenes }, world.environment);
}

/** Runs a script until it has killed itself. */
export async function untilKilled(
  script: URL,
  job: object,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(script), JSON.stringify({ ...job, dist: join(projectRoot, 'dist') })],
    {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const signal = await new Promise<string | null>((resolve) =>
    child.once('close', (_code, by) => resolve(by)),
  );
  if (signal !== 'SIGKILL')
    throw new Error(`${script.pathname} ${JSON.stringify(job)} was not killed:\n${said}`);
}
