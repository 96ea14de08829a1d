import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { createTestDatabase, describeDatabases } from '../databases.fixture.js';
import type { TestDatabase } from '../databases.fixture.js';
import { alterColumn } from './alter-column.js';

const NAME = { table: 'pens', column: 'name' };

describeDatabases('a column that is changed on', (driver) => {
  let testDatabase: TestDatabase;
  let runner: QueryRunner;

  beforeEach(async () => {
    testDatabase = await createTestDatabase(driver);
    runner = (await testDatabase.open()).store.writer.createQueryRunner();
    await runner.query('CREATE TABLE pens (id integer PRIMARY KEY, name varchar(3))');
    await runner.query('CREATE INDEX pens_by_name ON pens (name)');
    await runner.query("INSERT INTO pens VALUES (1, 'abc'), (2, NULL)");
  });

  afterEach(async () => {
    await runner.release();
    await testDatabase.remove();
  });

  it('keeps its values and its indices, and requires a value of each row', async () => {
    await alterColumn(runner, NAME, { type: 'varchar(9)', default: "'new'" });
    for (let turn = 0; turn < 2; turn++) await alterColumn(runner, NAME, { nullable: false, fill: "'none'" });
    await runner.query('INSERT INTO pens (id) VALUES (3)');
    await runner.query("INSERT INTO pens VALUES (4, 'abcdefghi')");
    await expect(runner.query('INSERT INTO pens VALUES (5, NULL)')).rejects.toThrow(/null/i);
    const rows = (await runner.query('SELECT name FROM pens ORDER BY id')) as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual(['abc', 'none', 'new', 'abcdefghi']);
    const table = (await runner.getTable('pens'))!;
    expect(table.indices.map(({ name }) => name)).toEqual(['pens_by_name']);
    expect(table.findColumnByName('name')).toMatchObject({ length: '9', isNullable: false });
    expect(table.checks).toEqual([]);
    await alterColumn(runner, NAME, { nullable: true, default: null });
    await runner.query('INSERT INTO pens (id) VALUES (6)');
    expect(await runner.query('SELECT name FROM pens WHERE id = 6')).toEqual([{ name: null }]);
  });
});
