export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/functions/test/**/*.test.ts'],
  globalSetup: '<rootDir>/functions/test/global-setup.ts',
  globalTeardown: '<rootDir>/functions/test/global-teardown.ts',
  setupFiles: ['<rootDir>/functions/test/quiet-log.ts'],
  testTimeout: 30_000,
  maxWorkers: 3,
  // Tests run in a context of their own, where a name of the language is looked up slowly each time; these are in every inner loop.
  sandboxInjectedGlobals: [
    'Math',
    'Map',
    'Set',
    'Float32Array',
    'Uint32Array',
    'Float64Array',
    'Uint8Array',
    'Number',
    'Array',
    'Object',
  ],
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(stemmer|jose|pgvector|cockatiel|openid-client|oauth4webapi)/)'],
  transform: {
    '^.+\\.(ts|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
};
