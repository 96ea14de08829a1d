import { isBroken } from '../verdicts/verdict.js';
import { brokenIn, verdictName } from '../verdicts/outcome.js';
import { escapeMarkup } from './escape-markup.js';
import type { Outcome } from '../verdicts/outcome.js';
import type { Verdict } from '../verdicts/verdict.js';

/** JUnit XML: a suite for each drill, a case for each invariant. */
export function junitReport(outcomes: readonly Outcome[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...outcomes.map(suite),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(outcome: Outcome): string {
  const { drill, verdicts, tookMs } = outcome;
  const counts = `tests="${verdicts.length}" failures="${brokenIn(outcome).length}"`;
  return [
    `  <testsuite name="${escapeMarkup(drill)}" ${counts} time="${tookMs / 1_000}">`,
    ...verdicts.map((verdict) => testCase(outcome, verdict)),
    '  </testsuite>',
  ].join('\n');
}

function testCase({ drill, repeat }: Outcome, verdict: Verdict): string {
  const names = `classname="${escapeMarkup(drill)}" name="${escapeMarkup(verdictName(verdict))}"`;
  if (!isBroken(verdict)) return `    <testcase ${names}/>`;
  const found = verdict.violations.map(({ id, found: text }) => `${id}: ${text}`).join('\n');
  const details = escapeMarkup(`${found}\nrepeat it: ${repeat}`);
  return [
    `    <testcase ${names}>`,
    `      <failure message="${escapeMarkup(verdict.expected)}">${details}</failure>`,
    '    </testcase>',
  ].join('\n');
}
