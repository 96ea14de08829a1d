import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const LONGEST_REASON = 200;

/**
 * A Jest reporter that repeats, at the end of a run, which tests failed and the first line of why: a single difference
 * between long values can be longer than what a CI keeps of its output. The file that FAILED_SUITES names gets the paths of
 * their suites.
 */
export default class FailedTests {
  constructor(config) {
    this.config = config;
    this.failed = [];
    this.suites = process.env.FAILED_SUITES;
    // Not for a Jest that a test starts.
    delete process.env.FAILED_SUITES;
  }

  onTestFileResult(_test, { testFilePath, testResults, testExecError }) {
    const file = relative(this.config.rootDir, testFilePath);
    if (testExecError) this.failed.push(lineOf(file, 'does not run', testExecError.message));
    if (this.suites && (testExecError || testResults.some(({ status }) => status === 'failed')))
      appendFileSync(this.suites, `${testFilePath}\n`);
    for (const { status, fullName, failureMessages } of testResults)
      if (status === 'failed') this.failed.push(lineOf(file, fullName, failureMessages[0]));
  }

  /** Jest prints its summary, which has all differences again, after this call. */
  onRunComplete() {
    if (this.failed.length > 0)
      process.once('exit', () => process.stderr.write(`\n${this.failed.join('\n')}\n`));
  }
}

function lineOf(file, name, message = '') {
  const [reason] = stripVTControlCharacters(message).split('\n');
  return `FAILED: ${file}: ${name}\n        ${reason.slice(0, LONGEST_REASON)}`;
}
