import { describe, expect, it } from '@jest/globals';
import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { DatabaseModule } from '../database/database.module.js';
import type { MigrationClass } from '../database/data-source-parts.js';
import { migrationProblems } from './migration-problems.js';
import { drivers } from './test-database.js';

const THINGS = new Table({ name: 'things', columns: [{ name: 'id', type: 'integer', isPrimary: true }] });

class CreateThings1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(THINGS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(THINGS);
  }
}

class LeaveThings1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE IF NOT EXISTS leftovers (id integer)');
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

const problems = (migrations: MigrationClass[], driver: 'sqlite' | 'postgres') =>
  migrationProblems(DatabaseModule.forRoot({ file: 'things.db', entities: [], migrations }), driver);

describe.each(drivers)('the problems of migrations on %s', (driver) => {
  it('are those that do not take back what they did', async () => {
    expect(await problems([CreateThings1700000000001], driver)).toEqual([]);
    expect(await problems([CreateThings1700000000001, LeaveThings1700000000002], driver)).toEqual([
      expect.stringMatching(/^LeaveThings1700000000002, rolled back: still has .*"leftovers"/),
    ]);
    expect(await problems([], driver)).toEqual(['there are no migrations']);
  });
});
