import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { createTestDatabase, describeDatabases, type TestDatabase } from '../database/databases.fixture.js';
import { runInContext } from '../requests/request-context.js';
import { continueTrace } from '../requests/trace-context.js';
import { createHistory, dropHistory } from './create-history.js';
import { Histories } from './histories.js';
import { plantHistory } from './plant-history.fixture.js';
import { snapshotsOf } from './read-history.js';

describeDatabases('Histories', (driver) => {
  let testDatabase: TestDatabase;
  let database: Database;
  let histories: Histories;

  beforeAll(async () => {
    testDatabase = await createTestDatabase(driver);
    database = await testDatabase.open();
    histories = new Histories(database);
    const runner = database.store.writer.createQueryRunner();
    await createHistory(runner, 'plant');
    await dropHistory(runner, 'plant');
    await createHistory(runner, 'plant');
    await runner.release();
  });
  afterAll(() => testDatabase.remove());

  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  const plant = (tx: EntityManager, id: string) =>
    histories.append(tx, plantHistory, {
      id,
      version: 1,
      at: at(1),
      type: 'planted',
      data: { name: 'rose' },
    });
  const water = (tx: EntityManager, id: string, version: number) =>
    histories.append(tx, plantHistory, {
      id,
      version,
      at: at(version),
      type: 'watered',
      data: { millilitres: 10 ** version },
    });
  const grown = async (versions: number): Promise<string> => {
    const id = randomUUID();
    await database.transaction(async (tx) => {
      await plant(tx, id);
      for (let version = 2; version <= versions; version++) await water(tx, id, version);
    });
    return id;
  };
  const versionsOf = async (id: string) =>
    (await histories.page(plantHistory, id, { first: 100, after: 0 })).events.map(({ version }) => version);

  it('records events with what they are and where they come from', async () => {
    const id = randomUUID();
    const trace = continueTrace();
    const principal = { id: 'jane', roles: [] };
    const identity = { principal, token: '', expiresAt: new Date() };
    await runInContext({ requestId: 'request-1', trace, identity }, () =>
      database.transaction((tx) => plant(tx, id)),
    );
    const overlong = `x\0${'y'.repeat(300)}`;
    await runInContext({ requestId: overlong, trace }, () => database.transaction((tx) => water(tx, id, 2)));
    await database.transaction((tx) => water(tx, id, 3));
    const { events } = await histories.page(plantHistory, id, { first: 0, after: 0 });
    const [first, second, third] = events;
    const origin = { traceId: trace.traceId, correlationId: 'request-1' };
    const planted = { id, version: 1, type: 'planted', schemaVersion: 1, data: { name: 'rose' }, at: at(1) };
    expect(first).toEqual({ ...planted, ...origin, actor: 'jane', causationId: 'request-1' });
    const watered = {
      id,
      version: 2,
      type: 'watered',
      schemaVersion: 3,
      data: { millilitres: 100 },
      at: at(2),
    };
    expect(second).toEqual({ ...watered, ...origin, actor: null, causationId: `x${'y'.repeat(254)}` });
    expect(third).toMatchObject({
      actor: null,
      traceId: null,
      causationId: null,
      correlationId: 'request-1',
    });
  });

  it('reads events in pages', async () => {
    const id = await grown(6);
    const page = async (first: number, after: number) => {
      const { events, hasNextPage } = await histories.page(plantHistory, id, { first, after });
      return { versions: events.map(({ version }) => version), hasNextPage };
    };
    expect(await page(3, 2)).toEqual({ versions: [3, 4, 5], hasNextPage: true });
    expect(await page(3, 3)).toEqual({ versions: [4, 5, 6], hasNextPage: false });
    expect(await page(3, 2 ** 31 - 1)).toEqual({ versions: [], hasNextPage: false });
    for (const [first, after] of [[101, 0] as const, [-1, 0] as const, [1, -1] as const])
      await expect(page(first, after)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  });

  it('reads events of older versions as they are written now', async () => {
    const id = await grown(1);
    await database.transaction(
      (tx) => tx.sql`INSERT INTO plant_events (aggregate_id, version, type, schema_version, data, happened_at)
        VALUES (${id}, 2, 'watered', 1, '{"litres":2}', 0)`,
    );
    const { events } = await histories.page(plantHistory, id, { first: 1, after: 1 });
    expect(events).toMatchObject([{ schemaVersion: 3, data: { millilitres: 2000 } }]);
  });

  it('commits events with their transaction, or not at all', async () => {
    const id = await grown(1);
    const undone = database.transaction(async (tx) => {
      await water(tx, id, 2);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await versionsOf(id)).toEqual([1]);
  });

  it('finds the state after a version, at a time, and now, also from a snapshot', async () => {
    const id = await grown(10);
    const millilitres = async (moment?: number | Date) =>
      (await histories.stateAt(plantHistory, id, moment)).state?.millilitres;
    const expected = [0, 100, 1_100, 11_100, 111_100, 1_111_100];
    for (const [n, amount] of expected.entries()) {
      expect(await millilitres(n + 1)).toBe(amount);
      expect(await millilitres(at(n + 1))).toBe(amount);
    }
    expect(await millilitres()).toBe(11_111_111_100);
    expect(await histories.stateAt(plantHistory, id, 0)).toEqual({ version: 0, state: undefined });
    expect(await histories.stateAt(plantHistory, id, at(0))).toEqual({ version: 0, state: undefined });
    const states: number[] = [];
    for await (const { state } of histories.states(plantHistory, id)) states.push(state.millilitres);
    expect(states.slice(0, 6)).toEqual(expected);
  });

  it('reads snapshots of its own format only', async () => {
    const id = await grown(9);
    const wrong = { version: 8, state: { name: 'thistle', millilitres: 1 } };
    await database.transaction((tx) => snapshotsOf(plantHistory).insert(tx, id, wrong));
    expect((await histories.stateAt(plantHistory, id)).state?.name).toBe('thistle');
    const changed = { ...plantHistory, stateFormat: 2 };
    expect((await histories.stateAt(changed, id)).state?.name).toBe('rose');
  });

  it('has one event of each version, however many transactions write it at the same time', async () => {
    const id = await grown(1);
    const last = (tx: EntityManager) =>
      tx.sql`SELECT MAX(version) AS version FROM plant_events WHERE aggregate_id = ${id}` as Promise<
        { version: number }[]
      >;
    let attempts = 0;
    let allHaveRead = (): void => undefined;
    const allRead = new Promise<void>((resolve) => (allHaveRead = resolve));
    const waterOnce = () =>
      database.transaction(async (tx) => {
        const [row] = await last(tx);
        if (++attempts === 3 || driver === 'sqlite') allHaveRead();
        await allRead;
        await water(tx, id, row!.version + 1);
      });
    await Promise.all([waterOnce(), waterOnce(), waterOnce()]);
    expect(await versionsOf(id)).toEqual([1, 2, 3, 4]);
    if (driver === 'postgres') expect(attempts).toBeGreaterThan(3);
  });

  it.each([2, 4])('refuses event %d after event 2', async (version) => {
    const id = await grown(2);
    const writes = database.store.run((tx) => water(tx, id, version), {});
    await expect(writes).rejects.toMatchObject({ name: 'VersionConflict', code: '40001' });
    expect(await versionsOf(id)).toEqual([1, 2]);
  });
});
