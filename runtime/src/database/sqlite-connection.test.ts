import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteConnection } from './sqlite-connection.js';

interface Statement {
  run(...values: unknown[]): void;
  all(...values: unknown[]): unknown[];
}

describe('a connection to SQLite', () => {
  let folder: string;
  let connection: SqliteConnection;
  const prepare = (sql: string): Statement => connection.prepare(sql) as Statement;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runtime-'));
    connection = new SqliteConnection(join(folder, 'test.db'));
    connection.exec('CREATE TABLE pairs (id INTEGER PRIMARY KEY, name TEXT)');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('prepares a statement once, and runs it again with other values, also after it failed', () => {
    const insert = prepare('INSERT INTO pairs VALUES (?, ?)');
    insert.run(1, 'one');
    expect(() => insert.run(1, 'again')).toThrow(/UNIQUE/);
    expect(prepare('INSERT INTO pairs VALUES (?, ?)')).toBe(insert);
    insert.run(2, null);
    const rows = prepare('SELECT id, name FROM pairs ORDER BY id').all();
    expect(rows).toEqual([
      { id: 1, name: 'one' },
      { id: 2, name: null },
    ]);
  });

  it('keeps a bounded number of statements, the ones that were used last', () => {
    const often = prepare('SELECT 0');
    const seldom = prepare('SELECT 1');
    for (let n = 2; n < 200; n++) {
      prepare(`SELECT ${n}`);
      prepare('SELECT 0');
    }
    expect(prepare('SELECT 0')).toBe(often);
    expect(prepare('SELECT 1')).not.toBe(seldom);
  });

  it('sees a changed table with a statement that was prepared before', () => {
    const select = prepare('SELECT * FROM pairs');
    expect(select.all()).toEqual([]);
    connection.exec('ALTER TABLE pairs ADD COLUMN more TEXT');
    prepare("INSERT INTO pairs VALUES (1, 'one', 'more')").run();
    expect(prepare('SELECT * FROM pairs').all()).toEqual([{ id: 1, name: 'one', more: 'more' }]);
  });

  it('does not hold a snapshot with a statement that has been read to its end', () => {
    const other = new SqliteConnection(join(folder, 'test.db'));
    connection.pragma('journal_mode = WAL');
    const count = prepare('SELECT COUNT(*) AS n FROM pairs');
    expect(count.all()).toEqual([{ n: 0 }]);
    (other.prepare("INSERT INTO pairs VALUES (1, 'one')") as Statement).run();
    expect(count.all()).toEqual([{ n: 1 }]);
  });
});
