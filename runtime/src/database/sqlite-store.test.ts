import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Libsql from 'libsql';
import { EntitySchema } from 'typeorm';
import type { Database } from './database.js';
import { createTestDatabase, type TestDatabase } from './databases.fixture.js';

const Note = new EntitySchema<{ id: number; at: number; share: number | null }>({
  name: 'notes',
  columns: {
    id: { type: 'int', primary: true },
    at: { type: 'bigint' },
    share: { type: 'real', nullable: true },
  },
});

describe('a SQLite store', () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    testDatabase = await createTestDatabase('sqlite');
    database = await testDatabase.open([Note]);
    await database.transaction((tx) =>
      tx.query('CREATE TABLE notes (id integer PRIMARY KEY, at bigint, share real)'),
    );
  });
  afterEach(() => testDatabase.remove());

  const write = (id: number, at: number) =>
    database.transaction(async (tx) => {
      await tx.insert(Note, { id, at, share: null });
      await tx.update(Note, { id }, { at: at + 1 });
      await tx.findOneByOrFail(Note, { id });
    });

  it('compiles the statements of a transaction once, whatever the numbers in them', async () => {
    await write(1, 1_700_000_000_000);
    const prepare = jest.spyOn(
      (Libsql as unknown as { prototype: { prepare(sql: string): unknown } }).prototype,
      'prepare',
    );
    await write(2, 1_700_000_000_123);
    await write(3, -5);
    expect(prepare.mock.calls).toEqual([]);
    prepare.mockRestore();
  });

  it('keeps every number as it is', async () => {
    const numbers = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0, -1];
    await database.transaction((tx) =>
      tx.insert(
        Note,
        numbers.map((at, id) => ({ id, at, share: at === 0 ? 0.5 : at })),
      ),
    );
    const notes = await database.read.find(Note, { order: { id: 'ASC' } });
    expect(notes.map(({ at }) => at)).toEqual(numbers);
    expect(notes[2]!.share).toBe(0.5);
  });
});
