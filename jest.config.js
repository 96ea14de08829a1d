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
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
});

export default {
  projects: [
    project('broker', 'broker'),
    project('runtime', 'runtime'),
    project('cli', 'cli'),
    ...readdirSync(`${import.meta.dirname}/services`).map((service) =>
      project(service, `services/${service}`),
    ),
    project('architecture', '.', '<rootDir>/*.test.ts'),
    project('e2e', 'e2e', '<rootDir>/e2e/**/*.test.ts'),
  ],
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['*/src/**/*.ts', 'services/*/src/**/*.ts', '!**/gen/**'],
};
