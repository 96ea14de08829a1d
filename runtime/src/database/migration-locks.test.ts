import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { createTestDatabase } from './databases.fixture.js';
import type { TestDatabase } from './databases.fixture.js';
import { Migrator } from './migrator.js';
import { createIndexOnline, dropIndexOnline } from './online/index-online.js';

const POSTGRES_URL = process.env.TEST_POSTGRES_URL;

class AddColour1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE IF NOT EXISTS made_before (id integer)');
    await runner.addColumn('pens', new TableColumn({ name: 'colour', type: 'text', isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('pens', 'colour');
  }
}

const BY_ID = new TableIndex({ name: 'pens_by_id', columnNames: ['id'] });

class IndexPens1700000000002 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await createIndexOnline(runner, 'pens', BY_ID);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndexOnline(runner, 'pens', BY_ID);
  }
}

describeWhere(POSTGRES_URL, 'needs TEST_POSTGRES_URL')('a migration of a table in use', () => {
  let testDatabase: TestDatabase;
  let holder: Client;
  let reader: Client;

  beforeEach(async () => {
    testDatabase = await createTestDatabase('postgres');
    [holder, reader] = [new Client(testDatabase.url), new Client(testDatabase.url)];
    await Promise.all([holder.connect(), reader.connect()]);
    await reader.query('CREATE TABLE pens (id integer PRIMARY KEY)');
  });

  afterEach(async () => {
    await Promise.all([holder.end(), reader.end()]);
    await testDatabase.remove();
  });

  async function hold(): Promise<void> {
    await holder.query('BEGIN');
    await holder.query('SELECT * FROM pens');
  }

  const waiting = async (): Promise<boolean> => {
    const missing = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'pens'::regclass";
    return (await reader.query(missing)).rowCount === 1;
  };

  it('lets readers pass while it waits for a long transaction, and gets its turn after it', async () => {
    await hold();
    const lockWait = { timeoutMs: 200, attempts: 1000, pauseMs: 20 };
    const migrator = new Migrator(await testDatabase.open(), [AddColour1700000000001], lockWait);
    const migrated = migrator.migrate();
    for (let turn = 0; turn < 3; turn++) {
      while (!(await waiting())) await new Promise(setImmediate);
      expect((await reader.query('SELECT * FROM pens')).rows).toEqual([]);
    }
    await holder.query('COMMIT');
    expect(await migrated).toEqual(['AddColour1700000000001']);
    expect((await reader.query('SELECT colour FROM pens')).rows).toEqual([]);
  });

  it('gives up in the end, names the statement, and has changed nothing', async () => {
    await hold();
    const lockWait = { timeoutMs: 50, attempts: 2, pauseMs: 10 };
    const migrator = new Migrator(await testDatabase.open(), [AddColour1700000000001], lockWait);
    await expect(migrator.migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(
        /^Migration AddColour1700000000001 failed and was rolled back: other transactions kept a lock.*ALTER TABLE "pens" ADD "colour"/,
      ),
    });
    await holder.query('COMMIT');
    await expect(reader.query('SELECT * FROM made_before')).rejects.toThrow(/does not exist/);
    expect(await migrator.migrate()).toEqual(['AddColour1700000000001']);
  });

  it('can make an index while rows are written, without a transaction', async () => {
    const migrator = new Migrator(await testDatabase.open(), [IndexPens1700000000002]);
    expect(await migrator.migrate()).toEqual(['IndexPens1700000000002']);
    expect(await migrator.rollback(1, [IndexPens1700000000002])).toEqual(['IndexPens1700000000002']);
    expect(await migrator.migrate()).toEqual(['IndexPens1700000000002']);
  });

  it('makes the index with several processes at once, and again where it was left half made', async () => {
    await reader.query('INSERT INTO pens VALUES (1)');
    await holder.query('BEGIN; INSERT INTO pens VALUES (2)');
    const databases = await Promise.all([testDatabase.open(), testDatabase.open(), testDatabase.open()]);
    const all = databases.map((database) => new Migrator(database, [IndexPens1700000000002]).migrate());
    const settled = Promise.allSettled(all);
    const cancel = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
      WHERE query LIKE 'CREATE INDEX%' AND wait_event = 'virtualxid'`;
    while ((await reader.query(cancel)).rowCount === 0) await new Promise(setImmediate);
    await holder.query('COMMIT');
    const outcomes = (await settled).map(({ status }) => status).sort();
    expect(outcomes).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const valid = `SELECT indisvalid FROM pg_index WHERE indexrelid = 'pens_by_id'::regclass`;
    expect((await reader.query(valid)).rows).toEqual([{ indisvalid: true }]);
  });
});
