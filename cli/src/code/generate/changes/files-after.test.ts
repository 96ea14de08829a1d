import { describe, expect, it } from '@jest/globals';
import { filesIn } from '../../../model/system/file-tree.js';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesAfter } from './files-after.js';

describe('filesAfter', () => {
  it('shows created, deleted and changed files and their folders', () => {
    const root = mkdtempSync(join(tmpdir(), 'msx-files-'));
    try {
      for (const folder of ['old/deep', 'kept']) mkdirSync(join(root, folder), { recursive: true });
      for (const file of ['old/deep/a', 'kept/b', 'kept/c']) writeFileSync(join(root, file), file);
      const changes = new Map([
        ['old/deep/a', null],
        ['kept/b', 'another'],
        ['new/deep/d', 'd'],
      ]);
      const after = filesAfter(changes, filesIn(root));
      expect(['old', 'old/deep', 'old/deep/a', 'new/deep', 'kept/c'].map((path) => after.has(path))).toEqual([
        false,
        false,
        false,
        true,
        true,
      ]);
      expect(after.names('kept').sort()).toEqual(['b', 'c']);
      expect(after.names('new')).toEqual(['deep']);
      expect(['kept/b', 'kept/c', 'old/deep/a'].map((path) => after.read(path))).toEqual([
        'another',
        'kept/c',
        undefined,
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
