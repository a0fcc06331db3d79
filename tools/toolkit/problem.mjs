/** A failure that the person at the keyboard can mend; its message is one sentence that says how. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a tool; a problem ends it with its sentence alone and exit code 1, anything else with its stack trace. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    const mendable = error instanceof Problem || error?.name === 'PostgresProblem';
    console.error(mendable ? error.message : error);
    process.exitCode = 1;
  }
}
