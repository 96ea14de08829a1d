import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../shop-copy.fixture.js';

/** A row of docs/truth.md: a success message. */
export interface Sentence {
  readonly command: string;
  /** The message, with `…` for the parts that vary. */
  readonly says: string;
}

export const sentences: readonly Sentence[] = readFileSync(join(repository, 'docs/truth.md'), 'utf8')
  .split('\n')
  .map(
    (line) => /^\| `(?<command>[^`]+)` +\| (?<says>.*?) +\| .+\|$/.exec(line)?.groups as Sentence | undefined,
  )
  .filter((row) => row !== undefined);

interface Case {
  readonly command: string;
  readonly says: string;
  /** The value of the first `…`, if other services may print the same message about themselves. */
  readonly of?: string;
  /** In milliseconds, if the default is not enough. */
  readonly timeout?: number;
}

/** Finds a message in the output: at the start of a line, which may be a row or a list item. */
export function patternOf({ says, of }: Pick<Case, 'says' | 'of'>): RegExp {
  const filled = of === undefined ? says : says.replace('…', of);
  const parts = filled
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', ' +'));
  return new RegExp(`^[^\\w]*${parts.join('.+')}`, 'm');
}

type Run = { readonly stdout: string };

/** A case of docs/truth.md: `work` makes a message untrue, and returns the runs of msx that must not print it. */
export function notSaid(sentence: Case, work: () => Promise<Run | readonly Run[]>) {
  const { command, says, timeout } = sentence;
  const check = async () => {
    expect(sentences).toContainEqual({ command, says });
    const runs = [await work()].flat() as Run[];
    for (const { stdout } of runs) expect(stdout).not.toMatch(patternOf(sentence));
  };
  it(`${command}: ${says}`, check, timeout);
}
