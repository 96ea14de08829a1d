import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import type { Database } from '../database/database.js';
import { createTestDatabase, describeDatabases, type TestDatabase } from '../database/databases.fixture.js';
import { AggregateCheck } from './aggregate-check.js';
import { createHistory } from './create-history.js';
import { Histories } from './histories.js';
import { plantHistory, PlantRow } from './plant-history.fixture.js';
import { Replay } from './replay.js';

describeDatabases('a replay', (driver) => {
  let testDatabase: TestDatabase;
  let database: Database;
  let runner: QueryRunner;
  let check: AggregateCheck;

  beforeEach(async () => {
    testDatabase = await createTestDatabase(driver);
    database = await testDatabase.open([PlantRow]);
    check = new AggregateCheck(database, plantHistory);
    runner = database.store.writer.createQueryRunner();
    await createHistory(runner, 'plant');
    await runner.query(
      'CREATE TABLE plants (id varchar(64) PRIMARY KEY, name text, millilitres integer, version integer)',
    );
    await runner.release();
  });
  afterEach(() => testDatabase.remove());

  const at = new Date(0);
  const plant = (id: string) =>
    database.transaction(async (tx) => {
      const histories = new Histories(database);
      const planted = { type: 'planted', data: { name: id } } as const;
      const watered = { type: 'watered', data: { millilitres: 5 } } as const;
      await histories.append(tx, plantHistory, { id, version: 1, at, ...planted });
      await histories.append(tx, plantHistory, { id, version: 2, at, ...watered });
      await tx.insert(PlantRow, { id, name: id, millilitres: 5, version: 2 });
    });
  const change = (sql: string) => database.transaction((tx) => tx.query(sql));
  const replay = () => Replay.run(database, plantHistory);

  it('finds nothing where each row is what its events say, in parts', async () => {
    const numbers =
      'WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1100)';
    const events =
      'INSERT INTO plant_events (aggregate_id, version, type, schema_version, data, happened_at)';
    const add = (table: string, values: string) =>
      change(`${table} ${numbers} SELECT ${values} FROM numbers`);
    await add('INSERT INTO plants (id, name, millilitres, version)', "'plant ' || n, 'rose', 5, 2");
    await add(events, `'plant ' || n, 1, 'planted', 1, '{"name":"rose"}', 0`);
    await add(events, `'plant ' || n, 2, 'watered', 3, '{"millilitres":5}', 0`);
    expect(await replay()).toEqual({
      entity: 'plant',
      rows: 1_100,
      events: 2_200,
      unrecorded: 0,
      differing: 0,
      differences: [],
    });
  });

  it('finds rows and histories that were changed, and repairs what the events tell', async () => {
    const ids = ['changed', 'fine', 'gap', 'lost', 'old', 'renamed', 'silent'];
    for (const id of ids) await plant(id);
    await change("UPDATE plants SET millilitres = 6, version = 1 WHERE id = 'changed'");
    await change("DELETE FROM plant_events WHERE aggregate_id = 'gap' AND version = 1");
    await change("DELETE FROM plants WHERE id = 'lost'");
    await change("UPDATE plants SET version = 0 WHERE id = 'old'");
    await change("DELETE FROM plant_events WHERE aggregate_id IN ('old', 'silent')");
    await change("UPDATE plant_events SET type = 'sold' WHERE aggregate_id = 'renamed' AND version = 2");
    const report = await replay();
    expect(report).toMatchObject({ rows: 6, unrecorded: 1, differing: 5 });
    const fields = [
      { field: 'millilitres', row: 6, history: 5 },
      { field: 'version', row: 1, history: 2 },
    ];
    const cannot = (id: string) => `the history of plant ${id} cannot be read:`;
    expect(report.differences).toEqual([
      { id: 'changed', problem: 'its row is not what its events say', fields, repairable: true },
      { id: 'gap', problem: `${cannot('gap')} event 1 is missing`, fields: [], repairable: false },
      {
        id: 'renamed',
        problem: `${cannot('renamed')} event 2 has the unknown type "sold"`,
        fields: [],
        repairable: false,
      },
      { id: 'silent', problem: 'it has no events', fields: [], repairable: false },
      { id: 'lost', problem: 'it has events, but no row', fields: [], repairable: true },
    ]);
    const repaired: string[] = [];
    for (const { id } of report.differences) if (await check.repair(id)) repaired.push(id);
    expect(repaired).toEqual(['changed', 'lost']);
    expect((await replay()).differences.map(({ id }) => id)).toEqual(['gap', 'renamed', 'silent']);
  });

  it('does not take a row for different that changes while it is compared', async () => {
    await plant('rose');
    const row = { id: 'rose', name: 'rose', millilitres: 5, version: 2 };
    const late = { version: 3, state: { name: 'rose', millilitres: 9 } };
    expect(check.compare('rose', row, late)?.fields.map(({ field }) => field)).toEqual([
      'millilitres',
      'version',
    ]);
    expect(await check.differenceOf('rose')).toBeUndefined();
  });
});
