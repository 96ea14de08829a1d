import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../../database/database.js';
import {
  createTestDatabase,
  describeDatabases,
  type TestDatabase,
} from '../../database/databases.fixture.js';
import { CreateOutbox1500000000000 } from '../../database/migrations/create-outbox.js';
import { countOutboxRows, insertOutboxRow, readOutboxRows } from './outbox-table.js';
import { PublishedRows } from './published-rows.js';

describeDatabases('PublishedRows', (driver) => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    testDatabase = await createTestDatabase(driver);
    database = await testDatabase.open();
    const runner = database.store.writer.createQueryRunner();
    await new CreateOutbox1500000000000().up(runner);
    await runner.release();
    await insert(5);
  });
  afterEach(() => testDatabase.remove());

  async function insert(count: number): Promise<void> {
    await database.transaction(async (tx) => {
      for (let n = 0; n < count; n++)
        await insertOutboxRow(tx, driver, {
          topic: 't',
          key: Buffer.from('k'),
          value: null,
          headers: [['n', String(n)]],
        });
    });
  }

  it('are not published twice, and are deleted without any other row', async () => {
    const published = new PublishedRows();
    const rows = await readOutboxRows(database, 10);
    expect(rows.map(({ headers }) => headers[0]![1])).toEqual(['0', '1', '2', '3', '4']);
    published.add([rows[1]!, rows[3]!]);
    expect(published.without(rows)).toEqual([rows[0], rows[2], rows[4]]);
    expect(await readOutboxRows(database, 2, published.ids)).toEqual([rows[0], rows[2]]);
    expect(await countOutboxRows(database.read)).toBe(5);
    await published.deleteFrom(database);
    expect(published.size).toBe(0);
    expect(await readOutboxRows(database, 10)).toEqual([rows[0], rows[2], rows[4]]);
  });

  it('are due when there are many, or when the first has waited', async () => {
    const published = new PublishedRows();
    const [row] = await readOutboxRows(database, 1);
    expect(published.isDue).toBe(false);
    published.add(Array.from({ length: 199 }, (_, n) => ({ ...row!, id: String(n) })));
    expect(published.isDue).toBe(false);
    published.add([{ ...row!, id: '199' }]);
    expect(published.isDue).toBe(true);
    await published.deleteFrom(database);
    published.add([row!]);
    const since = Date.now();
    while (!published.isDue) await new Promise(setImmediate);
    expect(Date.now() - since).toBeGreaterThanOrEqual(199);
  });
});
