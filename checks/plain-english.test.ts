import { describe, expect, it } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';
import { findingsIn, type WordList } from './plain-english.fixture.js';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file));
const isFile = (file: string) => statSync(join(root, file), { throwIfNoEntry: false })?.isFile() === true;
const list = JSON.parse(read('checks/plain-english.json').toString()) as WordList;

/** The list itself, and files that programs write. */
const NOT_PROSE =
  /^checks\/plain-english\.|package-lock\.json$|\.jsonl$|^(bench\/baselines|gateway\/assets)\//;

const found = (text: string, file = 'a.ts') => findingsIn(file, text, list);

describe('plain English', () => {
  it('is used in all tracked files', () => {
    const files = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard')
      .split('\n')
      .filter((file) => !NOT_PROSE.test(file) && isFile(file))
      .map((file) => [file, read(file)] as const)
      .filter(([, bytes]) => !bytes.includes(0));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(([file, bytes]) => findingsIn(file, bytes.toString(), list))).toEqual([]);
  });

  it.each([
    ['a moment is 1\n/** Equals go\n * by id. */', ['a.ts:2: "Equals go * by" → ties are broken by']],
    ['# one\n# is\n# anew', ['a.ts:3: "anew" → again']],
    ['// X is no Y', ['a.ts:1: "is no Y" → is not a, are not']],
    ['// what it has no more.', ['a.ts:1: "no more" → no longer']],
    ['const a = RunManners;', ['a.ts:1: "RunManners" → options']],
    ['const FAREWELL_MS = 1;', ['a.ts:1: "FAREWELL_MS" → shutdown timeout']],
    ['interface Asked {}', ['a.ts:1: "Asked" → Request']],
  ])('does not include: %j', (text, expected) => expect(found(text)).toEqual(expected));

  it('is used in paths', () => {
    expect(found('', 'src/workshop.ts')).toEqual([
      'src/workshop.ts: "workshop" in the path → context, generator',
    ]);
  });

  it.each([
    '// There is no file. It is no longer there, and no more than that; as everyone knows.',
    '// Is none of them here? Take one, and no more.',
    "const background = playground('Asked');",
    'const seconds = { DATABASE_PATIENCE: 5 };',
    'const askedFor = lesson.isKnown;',
  ])('includes: %s', (text) => expect(found(text)).toEqual([]));
});
