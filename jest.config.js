/**
 * For rules, journeys and the browser alike. Node loads the modules and not Jest (test/support/runner); each test file gets
 * databases of its own from test/support.
 */
export default {
  testRunner: '<rootDir>/test/support/runner/in-node.js',
  testEnvironment: 'node',
  transform: {},
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.guildhall/'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  testTimeout: 60_000,
  maxWorkers: 2,
  // A process that has loaded and thrown away much begins anew; a giant one would also take too long to end.
  workerIdleMemoryLimit: '600MB',
};
