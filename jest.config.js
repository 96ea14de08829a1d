import { readdirSync } from 'node:fs';

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
    ...['loaders', 'models', 'upstreams'].map((folder) => `${gateway}/${folder}/$1`),
  ],
};

/** Tests wait for processes more than they compute: each core gets a worker, where Jest would leave one idle. */
export default {
  maxWorkers: '100%',
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
