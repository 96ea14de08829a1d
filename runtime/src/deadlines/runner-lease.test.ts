import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../database/database.js';
import { createTestDatabase, describeDatabases, type TestDatabase } from '../database/databases.fixture.js';
import { CreateDeadlines1500000000003 } from '../database/migrations/create-deadlines.js';
import { RunnerLease } from './runner-lease.js';

describeDatabases('RunnerLease', (driver) => {
  let testDatabase: TestDatabase;
  let database: Database;

  const migrate = async (direction: 'up' | 'down'): Promise<void> => {
    const runner = database.store.writer.createQueryRunner();
    await new CreateDeadlines1500000000003()[direction](runner);
    await runner.release();
  };
  beforeEach(async () => {
    testDatabase = await createTestDatabase(driver);
    database = await testDatabase.open();
    await migrate('up');
  });
  afterEach(() => testDatabase.remove());

  it('is in tables that can be dropped and created again', async () => {
    await migrate('down');
    await migrate('up');
    expect(await new RunnerLease(database).take()).toBe(0);
  });

  it('belongs to one process until that releases it', async () => {
    const [first, second] = [new RunnerLease(database), new RunnerLease(database)];
    expect([await first.take(), await first.take()]).toEqual([0, 0]);
    const wait = await second.take();
    expect(wait).toBeGreaterThan(10_000);
    expect(wait).toBeLessThanOrEqual(15_000);
    await second.release();
    expect(await second.take()).toBeGreaterThan(0);
    await first.release();
    expect(await second.take()).toBe(0);
    expect(await first.take()).toBeGreaterThan(0);
  });

  it('goes to another process as soon as it has ended', async () => {
    const [first, second] = [new RunnerLease(database, 200), new RunnerLease(database, 60_000)];
    await first.take();
    const wait = await second.take();
    expect(wait).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, wait + 1));
    expect(await second.take()).toBe(0);
    expect(await first.take()).toBeGreaterThan(50_000);
  });

  it('is taken by one of many at once', async () => {
    const leases = Array.from({ length: 10 }, () => new RunnerLease(database));
    const waits = await Promise.all(leases.map((lease) => lease.take()));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
  });
});
