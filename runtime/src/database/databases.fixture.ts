import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { Client } from 'pg';
import { parseDatabaseUrl } from '../config/database-url.js';
import type { DataSourceParts } from './data-source-parts.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';

/** An empty database for one test, which may open it several times. */
export class TestDatabase {
  private readonly opened: Database[] = [];

  constructor(
    readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {}

  async open(entities: DataSourceParts['entities'] = []): Promise<Database> {
    const address = parseDatabaseUrl(this.url)!;
    const database = await openDatabase({ address, entities, service: 'test', production: false });
    this.opened.push(database);
    return database;
  }

  async remove(): Promise<void> {
    for (const database of this.opened) await database.close().catch(() => undefined);
    await this.drop();
  }
}

type Driver = 'sqlite' | 'postgres';

const POSTGRES_URL = process.env.TEST_POSTGRES_URL;

export async function createTestDatabase(driver: Driver): Promise<TestDatabase> {
  return driver === 'sqlite' ? createFile() : createSchema(POSTGRES_URL!);
}

/** Runs the tests on SQLite, and on PostgreSQL when TEST_POSTGRES_URL is set. */
export function describeDatabases(name: string, tests: (driver: Driver) => void): void {
  describe.each(POSTGRES_URL ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const))(
    `${name} on %s`,
    tests,
  );
}

function createFile(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'runtime-'));
  return new TestDatabase(`sqlite:${join(directory, 'test.db')}`, async () =>
    rmSync(directory, { recursive: true }),
  );
}

/** A schema on the search path isolates a test as well as a separate database does. */
async function createSchema(postgres: string): Promise<TestDatabase> {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  await query(postgres, `CREATE SCHEMA ${schema}`);
  const url = new URL(postgres);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return new TestDatabase(url.href, () => query(postgres, `DROP SCHEMA ${schema} CASCADE`));
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
