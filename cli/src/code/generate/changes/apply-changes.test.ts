import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyChanges, recoverChanges } from './apply-changes.js';

describe('applying changes', () => {
  let root: string;
  const path = (file: string) => join(root, file);
  const tree = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'msx-changes-'));
    writeFileSync(path('kept'), 'old');
    writeFileSync(path('gone'), 'old');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('makes all of them, and leaves no other files', () => {
    applyChanges(
      root,
      new Map<string, string | Buffer | null>([
        ['kept', 'new'],
        ['a/b/c', Buffer.from('made')],
        ['gone', null],
      ]),
    );
    expect(tree()).toEqual(['a/b/c', 'kept']);
    expect(readFileSync(path('kept'), 'utf8')).toBe('new');
  });

  it('removes folders that become empty', () => {
    applyChanges(root, new Map([['a/b/c', 'x']]));
    applyChanges(root, new Map([['a/b/c', null]]));
    expect(existsSync(path('a'))).toBe(false);
  });

  it('makes none of them when one fails', () => {
    mkdirSync(path('folder'));
    const changes = new Map([
      ['kept', 'new'],
      ['gone', null],
      ['new/file', 'x'],
      ['folder', 'not a file'],
    ] as const);
    expect(() => applyChanges(root, changes)).toThrow(/folder/);
    expect(tree()).toEqual(['gone', 'kept']);
    expect(readFileSync(path('kept'), 'utf8')).toBe('old');
    expect(existsSync(path('new'))).toBe(false);
  });

  it('rolls back the changes of a crashed process', () => {
    mkdirSync(path('.msx/changes'), { recursive: true });
    writeFileSync(path('.msx/changes/0.old'), 'old');
    writeFileSync(path('.msx/changes/1.new'), 'x');
    const files = [
      { path: 'kept', existed: true },
      { path: 'made/file', existed: false },
    ];
    writeFileSync(path('.msx/changes/journal.json'), JSON.stringify({ files }));
    writeFileSync(path('kept'), 'half new');
    mkdirSync(path('made'));
    writeFileSync(path('made/file'), 'new');
    expect(recoverChanges(root)).toBe(true);
    expect(tree()).toEqual(['gone', 'kept']);
    expect(readFileSync(path('kept'), 'utf8')).toBe('old');
    expect(recoverChanges(root)).toBe(false);
  });
});
