import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EntitySchema } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { fromGrpcError, toGrpcError } from '../errors/grpc-error.js';
import { Health } from '../health/health.js';
import type { Database } from './database.js';
import { createTestDatabase, describeDatabases } from './databases.fixture.js';
import type { TestDatabase } from './databases.fixture.js';

interface Account {
  id: number;
  balance: number;
}

const Account = new EntitySchema<Account>({
  name: 'accounts',
  columns: { id: { type: 'int', primary: true }, balance: { type: 'int' } },
});

const ACCOUNTS = 10;
const TOTAL = ACCOUNTS * 1000;

describeDatabases('Database', (driver) => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    testDatabase = await createTestDatabase(driver);
    database = await testDatabase.open([Account]);
    await database.transaction(async (tx) => {
      await tx.query('CREATE TABLE accounts (id integer PRIMARY KEY, balance integer NOT NULL)');
      await tx.insert(
        Account,
        Array.from({ length: ACCOUNTS }, (_, id) => ({ id, balance: 1000 })),
      );
    });
  });

  afterEach(() => testDatabase.remove());

  const total = async (manager: EntityManager): Promise<number> =>
    Number(await manager.sum(Account, 'balance'));

  async function transfer(tx: EntityManager, from: number, to: number): Promise<void> {
    const [first, second] = from < to ? [from, to] : [to, from];
    const amounts = { [from]: -7, [to]: 7 };
    await tx.increment(Account, { id: first }, 'balance', amounts[first]!);
    await new Promise(setImmediate);
    await tx.increment(Account, { id: second }, 'balance', amounts[second]!);
  }

  it('isolates 200 concurrent transactions, whether they commit or roll back', async () => {
    const expected = Array.from({ length: ACCOUNTS }, () => 1000);
    let settled = false;
    const work = Array.from({ length: 200 }, (_, n) => {
      const from = (n * 7) % ACCOUNTS;
      const to = (from + 1 + (n % (ACCOUNTS - 1))) % ACCOUNTS;
      return database.transaction(async (tx) => {
        await transfer(tx, from, to);
        if (n % 3 === 0) throw new Error('changed my mind');
        expected[from]! -= 7;
        expected[to]! += 7;
      });
    });
    const outcome = Promise.allSettled(work).then((results) => {
      settled = true;
      return results;
    });
    const sums = new Set<number>();
    while (!settled) {
      sums.add(await total(database.read));
      await new Promise(setImmediate);
    }
    const failed = (await outcome).filter(({ status }) => status === 'rejected');
    const rows = await database.read.find(Account, { order: { id: 'ASC' } });
    expect(failed).toHaveLength(67);
    expect(rows.map(({ balance }) => balance)).toEqual(expected);
    expect([...sums]).toEqual([TOTAL]);
  });

  it('hides uncommitted changes from readers', async () => {
    await database.transaction(async (tx) => {
      await tx.update(Account, { id: 1 }, { balance: 5 });
      expect(await total(database.read)).toBe(TOTAL);
      expect(await total(tx)).toBe(TOTAL - 995);
    });
    expect(await total(database.read)).toBe(TOTAL - 995);
  });

  it('joins a nested transaction to the outer one', async () => {
    const outer = database.transaction(async (tx) => {
      await tx.update(Account, { id: 1 }, { balance: 0 });
      await database.transaction(async (inner) => {
        expect(inner).toBe(tx);
        await inner.update(Account, { id: 2 }, { balance: 0 });
      });
      throw new Error('all of it');
    });
    await expect(outer).rejects.toThrow('all of it');
    expect(await total(database.read)).toBe(TOTAL);
  });

  it('commits nothing when an inner transaction failed, even if its error was caught', async () => {
    const outer = database.transaction(async (tx) => {
      await tx.update(Account, { id: 1 }, { balance: 0 });
      await database.transaction(async () => Promise.reject(new Error('inner'))).catch(() => undefined);
    });
    await expect(outer).rejects.toThrow('inner');
    expect(await total(database.read)).toBe(TOTAL);
  });

  it('begins a new transaction for work that outlives its own', async () => {
    let later!: Promise<void>;
    let release!: () => void;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await database.transaction(async () => {
      later = gate.then(() =>
        database.transaction((tx) => tx.update(Account, { id: 1 }, { balance: 1 }).then()),
      );
    });
    release();
    await later;
    expect(await total(database.read)).toBe(TOTAL - 999);
  });

  it('refuses writes through a transaction that has ended', async () => {
    let leaked!: EntityManager;
    await database.transaction(async (tx) => void (leaked = tx));
    await expect(leaked.update(Account, { id: 1 }, { balance: 0 })).rejects.toThrow(/released/);
    await database.transaction(async () => {
      await expect(leaked.update(Account, { id: 1 }, { balance: 0 })).rejects.toThrow(/released/);
    });
    expect(await total(database.read)).toBe(TOTAL);
  });

  it('keeps working after a failed statement', async () => {
    const twice = database.transaction((tx) => tx.insert(Account, { id: 1, balance: 0 }));
    await expect(twice).rejects.toThrow(/unique/i);
    await database.transaction((tx) => tx.insert(Account, { id: 77, balance: 0 }));
    expect(await database.read.countBy(Account, { id: 77 })).toBe(1);
  });

  it('calls back after a commit, and only then', async () => {
    const calls: string[] = [];
    await database.transaction(async (tx) => {
      database.afterCommit(tx, () => calls.push('committed'));
      expect(calls).toEqual([]);
    });
    const failing = database.transaction(async (tx) => {
      database.afterCommit(tx, () => calls.push('rolled back'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(calls).toEqual(['committed']);
    expect(() => database.afterCommit(database.read, () => undefined)).toThrow(/transaction/);
  });

  it('reports why it does not answer', async () => {
    expect(await database.probe()).toBeUndefined();
    await database.close();
    expect(await database.probe()).toEqual(expect.any(String));
  });

  if (driver === 'sqlite') {
    it('refuses to write outside of transactions', async () => {
      await expect(database.read.update(Account, { id: 1 }, { balance: 0 })).rejects.toThrow(/readonly/);
    });
  } else {
    it('retries the transaction that loses a deadlock', async () => {
      const attempts = [0, 0];
      const meet = rendezvous(2);
      const crossing = (index: number, first: number, second: number) =>
        database.transaction(async (tx) => {
          await tx.increment(Account, { id: first }, 'balance', 1);
          if (attempts[index]!++ === 0) await meet();
          await tx.increment(Account, { id: second }, 'balance', 1);
        });
      await Promise.all([crossing(0, 1, 2), crossing(1, 2, 1)]);
      expect(attempts[0]! + attempts[1]!).toBe(3);
      expect(await total(database.read)).toBe(TOTAL + 4);
    });

    it('retries serialization failures a limited number of times', async () => {
      const overtaken = database.transaction(
        async (tx) => {
          await tx.findOneByOrFail(Account, { id: 1 });
          await database.store.run((other) => other.increment(Account, { id: 1 }, 'balance', 1), {});
          await tx.increment(Account, { id: 1 }, 'balance', 1);
        },
        { isolation: 'REPEATABLE READ' },
      );
      await expect(overtaken).rejects.toThrow(/serialize/);
      expect(await total(database.read)).toBe(TOTAL + 6);
    });
  }
});

describe('a SQLite database on a full disk', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    testDatabase = await createTestDatabase('sqlite');
    database = await testDatabase.open();
    await database.transaction((tx) => tx.query('CREATE TABLE notes (text text NOT NULL)'));
  });
  afterEach(() => testDatabase.remove());

  const write = (length: number) =>
    database.transaction((tx) => tx.sql`INSERT INTO notes (text) VALUES (${'x'.repeat(length)})`);
  const health = new Health('test-service');

  it('reports it to callers and health, stays readable, and recovers when there is space again', async () => {
    health.readyWhile('disk', () => database.shortage());
    health.serving();
    await database.store.writer.query('PRAGMA max_page_count = 1');
    const refused: unknown = await write(100_000).catch((error: unknown) => error);
    const wire = Object.assign(new Error('as grpc-js words it'), toGrpcError(refused, 'test-service'));
    expect(fromGrpcError(wire)).toMatchObject({ reason: 'DISK_FULL', kind: 'unavailable' });
    expect(database.isTransient(refused)).toBe(true);
    expect(await database.read.query('SELECT count(*) AS n FROM notes')).toEqual([{ n: 0 }]);
    const disk = { name: 'disk', ok: false, reason: 'no space left: database or disk is full' };
    expect(await health.report()).toMatchObject({ ready: false, degraded: true, checks: [disk] });
    expect(await health.report()).toMatchObject({ ready: false, degraded: true, checks: [disk] });
    await database.store.writer.query('PRAGMA max_page_count = 100000');
    expect(await health.report()).toMatchObject({ ready: true, degraded: false, checks: [] });
    expect(await database.read.query("SELECT name FROM sqlite_master WHERE name = 'space_probe'")).toEqual(
      [],
    );
    await write(100_000);
  });
});

/** Resolves for all callers once `count` of them have called. */
function rendezvous(count: number): () => Promise<void> {
  let arrived = 0;
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++arrived === count) open();
    return gate;
  };
}
