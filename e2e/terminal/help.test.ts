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
/** Lines of EXAMPLES are not wrapped, so that they can be copied. */
const isExample = (text: string) => /^ +.*\bmsx /.test(text);
const cwd = import.meta.dirname;

describe('help on a terminal', () => {
  it.each(lines.map((line, n) => [line, n] as const))('%s', async (line, n) => {
    const runs = await Promise.all(
      conditionsOf(n).map(async (condition) => ({ condition, run: await runIn(condition, line, { cwd }) })),
    );
    for (const { run, condition } of runs) expectSane(run, condition, { exit: 0, foreign: isExample });
    for (const { run } of runs) expect(run.raw).toMatch(/msx/);
  });
});
