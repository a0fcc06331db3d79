import type { Linter } from 'eslint';
export const architecture: Linter.Config;
