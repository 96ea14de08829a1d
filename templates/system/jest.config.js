import { readdirSync } from 'node:fs';

const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

/** Each service is a project of its own: `npm test` in its folder runs its tests alone. */
const project = (service) => ({
  displayName: service,
  rootDir: import.meta.dirname,
  roots: [`<rootDir>/services/${service}`],
  testMatch: [`<rootDir>/services/${service}/src/**/*.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
});

export default {
  projects: readdirSync(`${import.meta.dirname}/services`).map(project),
  testTimeout: 120_000,
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['services/*/src/**/*.ts', '!**/gen/**'],
};
