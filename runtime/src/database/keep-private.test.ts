import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { SqliteStore } from './sqlite-store.js';

describe('the file of a database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'private-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['new', 'created world-readable'])('is accessible to its owner only: %s', async (age) => {
    const file = join(folder, `${age}.db`);
    if (age !== 'new') {
      writeFileSync(file, '');
      chmodSync(file, 0o644);
    }
    const store = await SqliteStore.open({ file, entities: [], survivesPowerCut: false });
    await store.run((tx) => tx.query('CREATE TABLE a (b int)'));
    const modes = readdirSync(folder)
      .filter((name) => name.startsWith(age))
      .map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    await store.close();
    expect(modes).toEqual([`${age}.db`, `${age}.db-shm`, `${age}.db-wal`].map((name) => [name, '600']));
  });
});
