/** A mistake that only the person who starts the program can mend: printed as one sentence, exit code 1, no stack. */
export class StartupError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'StartupError';
  }
}

export class ConfigError extends StartupError {
  constructor(problems: readonly string[]) {
    super(`The settings are not complete: ${problems.join('; ')}. See .env.example for each of them.`);
    this.name = 'ConfigError';
  }
}
