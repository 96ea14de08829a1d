import { describe, expect, it } from '@jest/globals';
import { mergeTexts } from './merge-texts.js';

const lines = (...words: string[]) => words.join('\n') + '\n';
const merge = (ours: string, base: string, theirs: string) => mergeTexts('a.ts', { ours, base, theirs });

describe('a merge', () => {
  const base = lines('one', 'two', 'three', 'four', 'five');

  it('takes changes of either side, and identical changes once', () => {
    const ours = base.replace('one', 'ONE').replace('five', 'FIVE');
    const theirs = base.replace('three', 'THREE').replace('five', 'FIVE');
    const text = lines('ONE', 'two', 'THREE', 'four', 'FIVE');
    expect(merge(ours, base, theirs)).toEqual({ text, conflict: false });
  });

  it('keeps both where both changed the same lines', () => {
    const { text, conflict } = merge(base.replace('two', 'mine'), base, base.replace('two', 'new'));
    expect(conflict).toBe(true);
    expect(text).toBe(
      lines('one', '<<<<<<< yours', 'mine', '=======', 'new', '>>>>>>> msx', 'three', 'four', 'five'),
    );
  });
});

describe('a merge of JSON', () => {
  const merged = (ours: object, base: object, theirs: object) =>
    mergeTexts('a.json', {
      ours: JSON.stringify(ours),
      base: JSON.stringify(base),
      theirs: JSON.stringify(theirs),
    });

  it('merges by key, so that changes to adjacent keys do not conflict', () => {
    const { text, conflict } = merged(
      { scripts: { a: '1', mine: 'x' }, gone: 1 },
      { scripts: { a: '1', old: 'y' }, gone: 1 },
      { scripts: { a: '2', new: 'z' } },
    );
    expect([JSON.parse(text), conflict]).toEqual([{ scripts: { a: '2', mine: 'x', new: 'z' } }, false]);
  });

  it('falls back to lines when both changed a value, or when a text is not JSON', () => {
    expect(merged({ a: 1 }, { a: 0 }, { a: 2 }).conflict).toBe(true);
    expect(mergeTexts('tsconfig.json', { ours: '{ // mine\n', base: '{\n', theirs: '{\n' })).toEqual({
      text: '{ // mine\n',
      conflict: false,
    });
  });
});
