import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from './data-source-parts.js';
import { createTestDatabase, describeDatabases } from './databases.fixture.js';
import type { TestDatabase } from './databases.fixture.js';
import { Migrator } from './migrator.js';

class CreatePens1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'pens', columns: [{ name: 'id', type: 'integer', isPrimary: true }] }),
    );
    await runner.query('INSERT INTO pens (id) VALUES (1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('pens');
  }
}

class CreateInks1700000000002 implements MigrationInterface {
  static broken = true;

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'inks', columns: [{ name: 'id', type: 'integer', isPrimary: true }] }),
    );
    if (CreateInks1700000000002.broken) await runner.query('INSERT INTO nowhere (id) VALUES (1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('inks');
    if (CreateInks1700000000002.broken) await runner.query('INSERT INTO nowhere (id) VALUES (1)');
  }
}

const ALL: MigrationClass[] = [CreateInks1700000000002, CreatePens1700000000001];
const PENS = 'CreatePens1700000000001';
const INKS = 'CreateInks1700000000002';

describeDatabases('Migrator', (driver) => {
  let testDatabase: TestDatabase;

  beforeEach(async () => {
    testDatabase = await createTestDatabase(driver);
    CreateInks1700000000002.broken = false;
  });

  afterEach(() => testDatabase.remove());

  const migrator = async (classes = ALL): Promise<Migrator> =>
    new Migrator(await testDatabase.open(), classes);

  it('applies pending migrations once, in timestamp order', async () => {
    const first = await migrator();
    expect(await first.status()).toEqual({ pending: [PENS, INKS], applied: [] });
    expect(await first.migrate()).toEqual([PENS, INKS]);
    expect(await first.migrate()).toEqual([]);
    expect(await (await migrator()).status()).toEqual({ pending: [], applied: [PENS, INKS] });
  });

  it('names the failed migration, rolls it back, and retries it next time', async () => {
    CreateInks1700000000002.broken = true;
    const failing = await migrator();
    await expect(failing.migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(
        /^Migration CreateInks1700000000002 failed and was rolled back: .*nowhere/,
      ),
    });
    expect(await failing.status()).toEqual({ pending: [INKS], applied: [PENS] });
    CreateInks1700000000002.broken = false;
    expect(await failing.migrate()).toEqual([INKS]);
  });

  it('rolls back the newest ones, the newest first, and applies them again', async () => {
    const own = await migrator();
    await own.migrate();
    expect(await own.revertible(ALL)).toEqual([INKS, PENS]);
    expect(await own.rollback(1, ALL)).toEqual([INKS]);
    expect(await own.status()).toEqual({ pending: [INKS], applied: [PENS] });
    expect(await own.migrate()).toEqual([INKS]);
    expect(await own.rollback(9, [CreateInks1700000000002])).toEqual([INKS]);
    expect(await own.rollback(9, ALL)).toEqual([PENS]);
    expect(await own.rollback(9, ALL)).toEqual([]);
    expect(await own.migrate()).toEqual([PENS, INKS]);
  });

  it('keeps a migration that cannot be rolled back', async () => {
    const own = await migrator();
    await own.migrate();
    CreateInks1700000000002.broken = true;
    await expect(own.rollback(2, ALL)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/^Migration CreateInks1700000000002 could not be rolled back.*nowhere/),
    });
    expect(await own.status()).toEqual({ pending: [], applied: [PENS, INKS] });
    expect(await (await testDatabase.open()).read.query('SELECT count(*) AS n FROM inks')).toHaveLength(1);
  });

  it('lets one of several processes migrate', async () => {
    const several = await Promise.all([migrator(), migrator(), migrator()]);
    const done = await Promise.all(several.map((one) => one.migrate()));
    expect(done.flat()).toEqual([PENS, INKS]);
  });

  it('drops everything and migrates again', async () => {
    const database = await testDatabase.open();
    const own = new Migrator(database, ALL);
    await own.migrate();
    await database.transaction((tx) => tx.query('INSERT INTO pens (id) VALUES (2)'));
    await own.reset();
    expect(await database.read.query('SELECT id FROM pens')).toEqual([{ id: 1 }]);
    expect((await own.status()).pending).toEqual([]);
  });

  it('requires a timestamp in the name', async () => {
    class Nameless extends CreatePens1700000000001 {}
    await expect(migrator([Nameless])).rejects.toThrow(/Nameless must end in 13 digits/);
  });
});
