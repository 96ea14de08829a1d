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
  testMatch: [testMatch ?? `<rootDir>/${folder}/src/**/*.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
});

/** What a template for the gateway imports and does not bring along, it finds in the gateway. */
const gateway = '<rootDir>/services/api-gateway/src';
const besideTheGateway = {
  '^\\.\\./(.*)\\.js$': ['../$1', `${gateway}/$1`],
  '^\\./(.*)\\.js$': [
    './$1',
    ...['loaders', 'models', 'playground', 'upstreams'].map((folder) => `${gateway}/${folder}/$1`),
  ],
};

/**
 * Tests make and remove thousands of small files. On Linux they do so in memory, where there is room for them and a
 * program may be run from there; a slow disk doubles their time.
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

/** Tests wait for processes more than they compute: there is a worker more than there are cores. */
export default {
  maxWorkers: availableParallelism() + 1,
  // Of all projects: it guards against a run that hangs, and measures nothing.
  testTimeout: 120_000,
  projects: [
    project('broker', 'broker'),
    project('runtime', 'runtime'),
    project('cli', 'cli'),
    ...readdirSync(`${import.meta.dirname}/services`).map((service) =>
      project(service, `services/${service}`),
    ),
    project('templates', 'templates/service'),
    { ...project('templates', 'templates/gateway'), moduleNameMapper: besideTheGateway },
    project('architecture', '.', '<rootDir>/*.test.ts'),
    project('e2e', 'e2e', '<rootDir>/e2e/**/*.test.ts'),
  ],
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['*/src/**/*.ts', 'services/*/src/**/*.ts', '!**/gen/**'],
};
