import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../shop-copy.fixture.js';
import { otherTexts } from './other-texts.fixture.js';
import { sentences } from './sentences.fixture.js';
import { textsOf } from './texts-of.fixture.js';

const cli = join(repository, 'cli/src');
const below = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));

/** The files that contain messages about an outcome. */
const SOURCES = [
  ...below(join(cli, 'commands')).filter((file) => /(?<!\.test|\.fixture)\.ts$/.test(file)),
  ...[
    'deployed-text',
    'dev-started',
    'changes-report',
    'letter-list-report',
    'new-system-text',
    'replay-report',
    'seed-outcome',
    'stopped-text',
    'upgrade-report',
  ].map((name) => join(cli, 'terminal/reports', `${name}.ts`)),
  ...['ask-service', 'ask-system'].map((name) => join(cli, 'terminal/questions', `${name}.ts`)),
  join(cli, 'terminal/base-commands/generating-command.ts'),
  ...['start-progress', 'rollout-view'].map((name) => join(cli, 'terminal/progress', `${name}.ts`)),
  join(cli, 'drills/reports/verify-report.ts'),
  join(cli, 'running/dev/change-reporter.ts'),
];

describe('docs/truth.md', () => {
  const texts = [...new Set(SOURCES.flatMap(textsOf))].sort();
  const listed = sentences.map(({ says }) => says);
  /** Composed from the state of each service, in a table or a sentence. */
  const states = ['… ready', '… is ready'];

  it('has every success message: all other texts are in other-texts.fixture.ts', () => {
    const unknown = texts.filter((text) => !listed.includes(text) && !otherTexts.includes(text));
    expect(unknown).toEqual([]);
  });

  it('has no message that msx does not print', () => {
    expect([...listed, ...otherTexts].filter((text) => !texts.includes(text)).sort()).toEqual(states.sort());
  });

  it('has a test case for each message', () => {
    const cases = below(join(repository, 'e2e'))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(file, 'utf8').replace(/\s+/g, ' '))
      .join();
    const untested = sentences.filter(
      ({ command, says }) => !cases.includes(`command: '${command}', says: '${says}'`),
    );
    expect(untested).toEqual([]);
  });
});
