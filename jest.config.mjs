export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/functions/test/**/*.test.ts'],
  globalSetup: '<rootDir>/functions/test/global-setup.ts',
  globalTeardown: '<rootDir>/functions/test/global-teardown.ts',
  setupFiles: ['<rootDir>/functions/test/quiet-log.ts'],
  testTimeout: 30_000,
  maxWorkers: 3,
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(stemmer|jose|pgvector|openid-client|oauth4webapi)/)'],
  transform: {
    '^.+\\.(ts|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
};
