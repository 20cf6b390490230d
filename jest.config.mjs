export default {
  testEnvironment: '<rootDir>/functions/test/runner/plain-environment.ts',
  runtime: '<rootDir>/functions/test/runner/plain-runtime.ts',
  testMatch: ['<rootDir>/functions/test/**/*.test.ts'],
  globalSetup: '<rootDir>/functions/test/global-setup.ts',
  globalTeardown: '<rootDir>/functions/test/global-teardown.ts',
  setupFiles: ['<rootDir>/functions/test/quiet-log.ts'],
  testTimeout: 30_000,
  maxWorkers: 3,
  transform: {
    '^.+\\.(ts|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
};
