import { availableParallelism } from 'node:os';
import { readFileSync, readdirSync, statfsSync } from 'node:fs';

const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

const project = (name, folder, testMatch) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  roots: [`<rootDir>/${folder}`],
  testMatch: testMatch ?? [`<rootDir>/${folder}/src/**/*.test.ts`, '!**/*.heap.test.ts'],
  testEnvironment: '<rootDir>/scripts/jest/one-realm-environment.mjs',
  runtime: '<rootDir>/scripts/jest/one-realm-runtime.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  dependencyExtractor: '<rootDir>/cli/jest/dependencies.js',
  // Build output is not an edit.
  watchPathIgnorePatterns: ['/dist/', '/gen/'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
});

/**
 * Tests create and remove thousands of small files. On Linux these are in memory, if there is enough space and programs may
 * run from there; a slow disk doubles the time of the tests.
 */
function temporaryFolder() {
  const folder = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(folder);
    const mounted = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === folder);
    return mounted && !mounted.includes('noexec') && bavail * bsize > 4e9 ? folder : undefined;
  } catch {
    return undefined;
  }
}
const folder = temporaryFolder();
if (folder) process.env.TMPDIR ??= folder;

/** Tests spend more time waiting for processes than computing, so there is one worker more than there are cores. */
export default {
  maxWorkers: availableParallelism() + 1,
  // The modules of a suite stay in the heap after it: a worker that holds those of many spends its time collecting.
  workerIdleMemoryLimit: '1GB',
  // For all projects: it guards against a hanging run, and is not a performance limit.
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/scripts/failed-tests.mjs', '<rootDir>/scripts/skipped-tests.mjs'],
  globalSetup: '<rootDir>/scripts/build-for-tests.mjs',
  testSequencer: '<rootDir>/scripts/jest/longest-first.mjs',
  projects: [
    project('broker', 'broker'),
    project('runtime', 'runtime'),
    project('gateway', 'gateway'),
    // These read the size of their own heap, so nothing else may have been in it: see `npm test`.
    project('heap', 'gateway', ['<rootDir>/gateway/src/**/*.heap.test.ts']),
    project('cli', 'cli'),
    ...readdirSync(`${import.meta.dirname}/services`).map((service) =>
      project(service, `services/${service}`),
    ),
    project('templates', 'templates/service'),
    project('templates', 'templates/gateway'),
    project('templates', 'templates/empty', ['<rootDir>/templates/empty/services/*/src/**/*.test.ts']),
    project('architecture', 'checks', ['<rootDir>/checks/*.test.ts']),
    // Their time goes into the processes that they start, and each has Jest's own environment.
    { ...project('e2e', 'e2e', ['<rootDir>/e2e/**/*.test.ts']), testEnvironment: 'node' },
  ],
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['*/src/**/*.ts', 'services/*/src/**/*.ts', '!**/gen/**'],
};
