import { brokenIn, verdictName } from '../verdicts/outcome.js';
import type { Ansis } from 'ansis';
import type { Outcome } from '../verdicts/outcome.js';
import type { Verdict } from '../verdicts/verdict.js';

/** Violations that are shown of an invariant; --json has all of them. */
const MAX_SHOWN = 5;

/** What became of the drills, with what was expected and found for each broken invariant. */
export function verifyReport(outcomes: readonly Outcome[], colours: Ansis): string {
  const broken = outcomes.filter((outcome) => brokenIn(outcome).length > 0);
  const invariants = outcomes.reduce((sum, { verdicts }) => sum + verdicts.length, 0);
  if (broken.length === 0)
    return `all invariants held: ${invariants} in ${outcomes.length} ${outcomes.length === 1 ? 'drill' : 'drills'}`;
  return broken.map((outcome) => brokenText(outcome, colours)).join('\n\n');
}

function brokenText(outcome: Outcome, colours: Ansis): string {
  const { drill, description, smallest, repeat } = outcome;
  return [
    `${colours.red(`${drill} broke an invariant`)}: ${description}`,
    ...brokenIn(outcome).flatMap((verdict) => verdictLines(verdict, colours)),
    `  smallest number of changes that breaks it: ${smallest ?? outcome.changes}`,
    `  repeat it: ${colours.cyan(repeat)}`,
  ].join('\n');
}

function verdictLines(verdict: Verdict, { bold, dim }: Ansis): string[] {
  const { expected, violations } = verdict;
  const more = violations.length - MAX_SHOWN;
  return [
    `  ${bold(verdictName(verdict))}`,
    `    expected: ${expected}`,
    ...violations.slice(0, MAX_SHOWN).map(({ id, found }) => `    found: ${id}: ${found}`),
    ...(more > 0 ? [dim(`    and ${more} more; --json shows all`)] : []),
  ];
}
