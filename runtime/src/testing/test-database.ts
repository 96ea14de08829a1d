import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export type Driver = 'sqlite' | 'postgres';

/** An empty database for one test. */
export interface TestDatabase {
  /** The value for DATABASE_URL. */
  readonly url: string;
  drop(): Promise<void>;
}

const server = process.env.TEST_POSTGRES_URL;

/** SQLite always; PostgreSQL when TEST_POSTGRES_URL is set, with a user that may create databases. */
export const drivers: readonly Driver[] = server ? ['sqlite', 'postgres'] : ['sqlite'];

export function createDatabase(driver: Driver): Promise<TestDatabase> {
  return driver === 'sqlite' ? createFile() : createOnServer(`test_${randomUUID().replaceAll('-', '')}`);
}

async function createFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'service-test-'));
  return { url: `sqlite:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true }) };
}

async function createOnServer(name: string): Promise<TestDatabase> {
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(server!);
  url.pathname = name;
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
