import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../shop-copy.fixture.js';
import { codeBlocks, missingFrom, stepsOf } from './code-blocks.fixture.js';
import { inTheClone, inTheShop } from './guide-place.fixture.js';
import { GuideRun } from './guide-run.fixture.js';
import { reasonToSkip } from './needs.fixture.js';
import type { Step } from './code-blocks.fixture.js';
import type { GuidePlace } from './guide-place.fixture.js';

jest.setTimeout(600_000);

const folder = join(repository, 'docs/guides');
const read = (guide: string) => readFileSync(join(folder, guide), 'utf8');
const guides = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'tour.md');

/** Guides that begin in a clone; all others begin in the shop. */
const fromTheClone = ['first-system.md', 'testing.md'];

const titleOf = ({ block }: Step) => `line ${block.line}: ${block.text.split('\n')[0]}`;

describe('the guides', () => {
  it('are short', () => {
    const long = readdirSync(folder).filter((file) => read(file).split('\n').length >= 150);
    expect(long).toEqual([]);
  });

  it('are all in the list of guides', () => {
    const listed = [...read('README.md').matchAll(/\((?:\.\/)?([\w-]+\.md)\)/g)].map(([, file]) => file);
    expect(new Set(listed)).toEqual(new Set(readdirSync(folder).filter((file) => file !== 'README.md')));
  });
});

describe.each(guides)('%s, from top to bottom', (guide) => {
  const steps = stepsOf(codeBlocks(read(guide)));
  let place: GuidePlace;
  let run: GuideRun;
  beforeAll(async () => {
    if (steps.length === 0) return;
    place = await (fromTheClone.includes(guide) ? inTheClone() : inTheShop());
    run = new GuideRun(place);
  });
  afterAll(() => place?.leave());

  if (steps.length === 0) it('has nothing to run', () => expect(steps).toEqual([]));

  for (const step of steps) {
    const reason = reasonToSkip(step.block.needs);
    const title = titleOf(step);
    if (reason) it.skip(`${title} (skipped: ${reason})`, () => {});
    else
      it(title, async () => {
        const { code, output } = await run.run(step.block);
        const missing = missingFrom(output, step.shown);
        if (code !== 0) throw new Error(`exited with ${code}:\n${output}`);
        if (missing !== undefined) throw new Error(`did not print "${missing}", but:\n${output}`);
      });
  }
});
