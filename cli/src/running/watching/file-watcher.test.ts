import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gitIn } from '../../code/git/git.fixture.js';
import { FileWatcher } from './file-watcher.js';
import { SAVES } from './saves.fixture.js';

const ROUNDS = 3;

let root: string;
let watcher: FileWatcher;
let edits: number;

beforeEach(async () => {
  edits = 0;
  root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-watch-')));
  for (const folder of ['shop/src/deep', 'shop/config', 'shop/dist', 'shop/other', 'proto', 'elsewhere'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of FILES) writeFileSync(join(root, file), '# save 0\n');
  symlinkSync(join(root, 'elsewhere'), join(root, 'shop/src/linked'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'all');
  watcher = new FileWatcher(() => edits++);
  const names = ['src', 'config', 'package.json', 'tsconfig.json'];
  await watcher.follow([{ folder: join(root, 'shop'), names }, { folder: join(root, 'proto') }]);
});
afterEach(() => {
  watcher.close();
  rmSync(root, { recursive: true, force: true });
});

const FILES = [
  'shop/src/main.ts',
  'shop/src/deep/page.html',
  'shop/config/development.yaml',
  'shop/package.json',
  'shop/tsconfig.json',
  'proto/shop.proto',
  'elsewhere/shared.ts',
  'shop/dist/main.js',
  'shop/other/notes.txt',
  'shop/src/main.test.ts',
];

const git = (...args: string[]) => gitIn(root, ...args);

/** Saves a file, and waits until the edit is noticed or a timeout. */
async function isNoticed(save: (file: string) => void, file: string): Promise<boolean> {
  const before = edits;
  save(join(root, file));
  for (let waited = 0; waited < 3_000 && edits === before; waited += 20) await pause(20);
  const noticed = edits > before;
  await quiet();
  return noticed;
}

async function quiet(): Promise<void> {
  for (let before = -1; before !== edits;) {
    before = edits;
    await pause(150);
  }
}

describe('the watcher', () => {
  it.each(FILES.slice(0, 7))(
    'notices every way of saving %s, repeatedly',
    async (file) => {
      const missed = [];
      for (let round = 1; round <= ROUNDS; round++)
        for (const [name, save] of Object.entries(SAVES))
          if (!(await isNoticed(save, file))) missed.push(`${name}, round ${round}`);
      expect(missed).toEqual([]);
    },
    90_000,
  );

  it('notices folders that are removed, recreated or new', async () => {
    const recreate = () => {
      rmSync(join(root, 'shop/src/deep'), { recursive: true });
      mkdirSync(join(root, 'shop/src/deep/deeper'), { recursive: true });
    };
    expect(await isNoticed(recreate, '')).toBe(true);
    const file = 'shop/src/deep/deeper/new.ts';
    expect(await isNoticed((path) => writeFileSync(path, 'new'), file)).toBe(true);
    expect(await isNoticed(SAVES['by rename (sed -i)'], file)).toBe(true);
  });

  it('ignores build output, files that are not watched, and tests', async () => {
    for (const file of FILES.slice(7)) writeFileSync(join(root, file), 'another');
    await pause(300);
    expect(edits).toBe(0);
  });
});
