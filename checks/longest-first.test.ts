import { expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import LongestFirst, { LONGEST } from '../scripts/jest/longest-first.mjs';

interface Suite {
  readonly path: string;
}
const Sequencer = LongestFirst as unknown as new (options: object) => { sort(suites: Suite[]): Suite[] };

const root = join(import.meta.dirname, '..');

it('a run that knows no durations starts with the suites that are known to take longest', () => {
  const files = Object.keys(LONGEST);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const sequencer = new Sequencer({ contexts: [], globalConfig: {} });
  const context = {
    config: { cache: false, cacheDirectory: root, id: 'none' },
    hasteFS: { getSize: () => 1 },
  };
  const tests = ['checks/other.test.ts', ...files]
    .reverse()
    .map((file) => ({ path: join(root, file), context }));
  const order = sequencer.sort(tests).map(({ path }) => path.slice(root.length + 1));
  expect([order[0], order.at(-1)]).toEqual([files[0], 'checks/other.test.ts']);
});
