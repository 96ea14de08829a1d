import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EntitySchema } from 'typeorm';
import type { EntityManager } from 'typeorm';
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
  let place: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    place = await createTestDatabase(driver);
    database = await place.open([Account]);
    await database.transaction(async (tx) => {
      await tx.query('CREATE TABLE accounts (id integer PRIMARY KEY, balance integer NOT NULL)');
      await tx.insert(
        Account,
        Array.from({ length: ACCOUNTS }, (_, id) => ({ id, balance: 1000 })),
      );
    });
  });

  afterEach(() => place.remove());

  const total = async (manager: EntityManager): Promise<number> =>
    Number(await manager.sum(Account, 'balance'));

  async function transfer(tx: EntityManager, from: number, to: number): Promise<void> {
    const [first, second] = from < to ? [from, to] : [to, from];
    const amounts = { [from]: -7, [to]: 7 };
    await tx.increment(Account, { id: first }, 'balance', amounts[first]!);
    await new Promise(setImmediate);
    await tx.increment(Account, { id: second }, 'balance', amounts[second]!);
  }

  it('keeps 200 concurrent transactions apart, whatever becomes of each', async () => {
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

  it('shows readers nothing that is not committed', async () => {
    await database.transaction(async (tx) => {
      await tx.update(Account, { id: 1 }, { balance: 5 });
      expect(await total(database.read)).toBe(TOTAL);
      expect(await total(tx)).toBe(TOTAL - 995);
    });
    expect(await total(database.read)).toBe(TOTAL - 995);
  });

  it('makes a transaction within a transaction a part of it', async () => {
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

  it('begins anew for work that outlives its transaction', async () => {
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

  it('refuses what is written through a transaction that is over', async () => {
    let leaked!: EntityManager;
    await database.transaction(async (tx) => void (leaked = tx));
    await expect(leaked.update(Account, { id: 1 }, { balance: 0 })).rejects.toThrow(/released/);
    await database.transaction(async () => {
      await expect(leaked.update(Account, { id: 1 }, { balance: 0 })).rejects.toThrow(/released/);
    });
    expect(await total(database.read)).toBe(TOTAL);
  });

  it('goes on after a statement failed', async () => {
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

  it('says why it does not answer', async () => {
    expect(await database.probe()).toBeUndefined();
    await database.close();
    expect(await database.probe()).toEqual(expect.any(String));
  });

  if (driver === 'sqlite') {
    it('refuses to write outside of transactions', async () => {
      await expect(database.read.update(Account, { id: 1 }, { balance: 0 })).rejects.toThrow(/readonly/);
    });
  } else {
    it('runs the loser of a deadlock again', async () => {
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

    it('runs again what could not be serialized, and gives up in the end', async () => {
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

/** Resolves for everybody once `count` have called. */
function rendezvous(count: number): () => Promise<void> {
  let arrived = 0;
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++arrived === count) open();
    return gate;
  };
}
