import { readdirSync } from 'node:fs';

const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

/** Each service is a Jest project: `npm test` in its folder runs only its tests. */
const project = (service) => ({
  displayName: service,
  rootDir: import.meta.dirname,
  roots: [`<rootDir>/services/${service}`],
  testMatch: [`<rootDir>/services/${service}/src/**/*.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // A test that starts dist/main.js depends on src/main.ts; files that a build writes do not trigger the watcher.
  dependencyExtractor: '@msx/cli/jest/dependencies.js',
  watchPathIgnorePatterns: ['/dist/', '/gen/'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
});

export default {
  projects: readdirSync(`${import.meta.dirname}/services`).map(project),
  testTimeout: 120_000,
  // Builds stale packages before each run.
  globalSetup: '@msx/cli/jest/build.js',
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['services/*/src/**/*.ts', '!**/gen/**'],
};
