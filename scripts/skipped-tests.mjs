import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

const REASON = /\(skipped: (.+?)\)(?= |$)/;

/**
 * A Jest reporter that lists skipped tests by their reason, which is in the title of the test or of a block around it,
 * and fails a run that skips one without a reason. It appends the same lines to the file named by `SKIPPED_TESTS`, for
 * scripts that run Jest more than once and print a summary at the end.
 */
export default class SkippedTests {
  constructor(config) {
    this.config = config;
    this.skipped = [];
  }

  onTestFileResult(_test, { testFilePath, testResults }) {
    const file = relative(this.config.rootDir, testFilePath);
    const pending = testResults.filter(({ status }) => status === 'pending');
    this.skipped.push(
      ...pending.map(({ fullName }) => ({ file, fullName, reason: REASON.exec(fullName)?.[1] })),
    );
  }

  onRunComplete() {
    const lines = linesOf(this.skipped.filter(({ reason }) => reason));
    const unexplained = this.withoutReason();
    const output = [
      ...lines,
      ...unexplained.map((test) => `skipped without "(skipped: reason)" in its title: ${test}`),
    ];
    if (output.length > 0) process.stderr.write(`\n${output.join('\n')}\n`);
    const file = process.env.SKIPPED_TESTS;
    if (file && lines.length > 0) appendFileSync(file, `${lines.join('\n')}\n`);
  }

  /** Jest calls this after the run, which fails if there is an error. */
  getLastError() {
    const unexplained = this.withoutReason();
    return unexplained.length > 0
      ? new Error(`${unexplained.length} tests were skipped without a reason`)
      : undefined;
  }

  /** Tests that a name pattern excludes are also reported as skipped, and need no reason. */
  withoutReason() {
    if (this.config.testNamePattern) return [];
    return this.skipped.filter(({ reason }) => !reason).map(({ file, fullName }) => `${file}: ${fullName}`);
  }
}

function linesOf(skipped) {
  const counts = new Map();
  for (const { file, reason } of skipped) {
    const where = `${file}: ${reason}`;
    counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  return [...counts].map(([where, n]) => `SKIPPED: ${n} ${n === 1 ? 'test' : 'tests'} in ${where}`);
}
