import { jestPackage } from './jest-package.js';

const { TestEnvironment } = jestPackage('jest-config', 'jest-environment-node');

/** Has the processes that tests start record what they run; the workers of Jest themselves do not. */
export default class RecordingEnvironment extends TestEnvironment {
  constructor(...args) {
    super(...args);
    // Node hands it on to all that a process starts, whatever environment that is given.
    process.env.NODE_V8_COVERAGE = process.env.MSX_COVERAGE;
  }
}
