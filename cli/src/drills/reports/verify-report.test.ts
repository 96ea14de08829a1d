import { describe, expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import { htmlReport } from './html-report.js';
import { junitReport } from './junit-report.js';
import { verifyReport } from './verify-report.js';
import type { Outcome } from '../verdicts/outcome.js';

const plain = new Ansis(0);
const held = {
  invariant: 'nothing is overdue',
  service: 'orders',
  expected: 'nothing is late',
  violations: [],
};
const broken = {
  invariant: 'changes are published',
  expected: 'each change <has> its event',
  violations: Array.from({ length: 7 }, (_, n) => ({ id: `o${n}`, found: 'no event & no "answer"\u0007' })),
};
const outcome = (verdicts: Outcome['verdicts'], more: Partial<Outcome> = {}): Outcome => ({
  ...{
    drill: 'poison',
    description: 'messages that cannot be read',
    seed: 7,
    changes: 20,
    tookMs: 1_500,
    verdicts,
  },
  repeat: 'msx verify poison --seed 7',
  ...more,
});
const good = outcome([held]);
const bad = outcome([held, broken], { smallest: 3 });

describe('the report of the drills', () => {
  it('is one line when everything held', () => {
    expect(verifyReport([good, good], plain)).toBe('all invariants held: 2 in 2 drills');
    expect(verifyReport([good], plain)).toBe('all invariants held: 1 in 1 drill');
  });

  it('says what was expected and found, how few changes do it, and how to repeat it', () => {
    const lines = verifyReport([good, bad], plain).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'poison broke an invariant: messages that cannot be read',
      '  changes are published',
      '    expected: each change <has> its event',
      '    found: o0: no event & no "answer"\u0007',
    ]);
    expect(lines.slice(-3)).toEqual([
      '    and 2 more; --json shows all',
      '  smallest number of changes that breaks it: 3',
      '  repeat it: msx verify poison --seed 7',
    ]);
  });

  it('is JUnit XML, with a failure for each broken invariant', () => {
    const xml = junitReport([bad]);
    expect(xml).toContain('<testsuite name="poison" tests="2" failures="1" time="1.5">');
    expect(xml).toContain('<testcase classname="poison" name="nothing is overdue (orders)"/>');
    expect(xml).toContain('<failure message="each change &lt;has&gt; its event">o0: no event &amp; no');
    expect(xml).not.toContain('\u0007');
  });

  it('is a web page', () => {
    const page = htmlReport([good, bad], 'shop & more');
    expect(page).toContain('<title>shop &amp; more</title>');
    expect(page).toContain('1 of 2 drills broke an invariant.');
    expect(page).toContain('<code>msx verify poison --seed 7</code>');
    expect(htmlReport([good], 'shop')).toContain('All invariants held.');
  });
});
