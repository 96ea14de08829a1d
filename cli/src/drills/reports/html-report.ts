import { isBroken } from '../verdicts/verdict.js';
import { brokenIn, verdictName } from '../verdicts/outcome.js';
import { escapeMarkup } from './escape-markup.js';
import type { Outcome } from '../verdicts/outcome.js';
import type { Verdict } from '../verdicts/verdict.js';

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
td { padding: 0.1rem 1rem 0.1rem 0; vertical-align: top; } .held { color: #17692d; } .broken { color: #b3261e; }
code { background: #eee; padding: 0.1rem 0.3rem; }`;

/** A page without anything from elsewhere. */
export function htmlReport(outcomes: readonly Outcome[], title: string): string {
  const broken = outcomes.filter((outcome) => brokenIn(outcome).length > 0).length;
  const summary =
    broken === 0 ? 'All invariants held.' : `${broken} of ${outcomes.length} drills broke an invariant.`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
<h1>${escapeMarkup(title)}</h1>
<p>${summary}</p>
${outcomes.map(section).join('\n')}
</html>
`;
}

function section(outcome: Outcome): string {
  const { drill, description, verdicts, repeat, tookMs, smallest } = outcome;
  return [
    `<h2>${escapeMarkup(drill)}</h2>`,
    `<p>${escapeMarkup(description)}; ${Math.round(tookMs / 1_000)} s</p>`,
    `<table>${verdicts.map(row).join('')}</table>`,
    ...(smallest === undefined
      ? []
      : [
          `<p>Smallest number of changes that breaks it: ${smallest}. Repeat it: <code>${escapeMarkup(repeat)}</code></p>`,
        ]),
  ].join('\n');
}

function row(verdict: Verdict): string {
  const state = isBroken(verdict) ? 'broken' : 'held';
  const found = verdict.violations
    .map(({ id, found: text }) => `<br>${escapeMarkup(`${id}: ${text}`)}`)
    .join('');
  return `<tr><td class="${state}">${state}</td><td>${escapeMarkup(verdictName(verdict))}</td><td>${escapeMarkup(verdict.expected)}${found}</td></tr>`;
}
