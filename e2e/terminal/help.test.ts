import { describe, expect, it } from '@jest/globals';
import { commandNames, topicNames } from './manifest.fixture.js';
import { conditionsOf, runIn } from './conditions.fixture.js';
import { expectSane } from './faults.fixture.js';

const lines = [
  'msx',
  'msx --help',
  'msx --version',
  ...[...new Set([...topicNames, ...commandNames])].map((name) => `msx ${name} --help`),
];
/** A line of EXAMPLES stays whole, for people to copy. */
const isToCopy = (text: string) => /^ +.*\bmsx /.test(text);
const cwd = import.meta.dirname;

describe('help on a terminal', () => {
  it.each(lines.map((line, n) => [line, n] as const))('%s', async (line, n) => {
    const runs = await Promise.all(
      conditionsOf(n).map(async (condition) => ({ condition, run: await runIn(condition, line, { cwd }) })),
    );
    for (const { run, condition } of runs) expectSane(run, condition, { exit: 0, foreign: isToCopy });
    for (const { run } of runs) expect(run.raw).toMatch(/msx/);
  });
});
