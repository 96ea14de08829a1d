import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createTestDatabase, describeDatabases, type TestDatabase } from '../database/databases.fixture.js';
import { DomainError } from '../errors/domain-error.js';
import { eventually } from '../events/kafka/broker.fixture.js';
import { DeadlineService, pruned } from './deadline-service.fixture.js';
import type { DueDeadline } from './deadline-type.js';
import type { Settle } from './on-deadline.js';

describeDatabases('Deadlines', (driver) => {
  let testDatabase: TestDatabase;
  let seen: string[];
  const services: DeadlineService[] = [];

  beforeEach(async () => {
    seen = [];
    testDatabase = await createTestDatabase(driver);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const service of services.splice(0)) await service.stop();
    await testDatabase.remove();
  });

  const done: Settle<number> = () => Promise.resolve();
  const note = ({ key }: DueDeadline<number>): Promise<Settle<number>> => {
    seen.push(key);
    return Promise.resolve(done);
  };
  async function start(onWatered = note, onPruned = note): Promise<DeadlineService> {
    const service = await DeadlineService.start({ url: testDatabase.url, onWatered, onPruned });
    services.push(service);
    return service;
  }
  const finished = (service: DeadlineService): Promise<void> =>
    eventually('nothing is unfinished', async () => (await service.unfinished()).length === 0);

  it('are looked at when they are due, in that order, and then finished', async () => {
    const values: number[] = [];
    const service = await start(async (due) => {
      values.push(due.value);
      return note(due);
    });
    const began = performance.now();
    await service.set('rose', 300);
    await service.set('fern', 100);
    await finished(service);
    expect(performance.now() - began).toBeGreaterThanOrEqual(295);
    expect(seen).toEqual(['fern', 'rose']);
    expect(values).toEqual([100, 300]);
  });

  it('are not looked at once they are cleared, and once if they are set again', async () => {
    const service = await start();
    await service.set('cleared', 50);
    await service.set('moved', 50);
    await service.clear('cleared');
    await service.set('moved', 200);
    await service.set('between', 100);
    await finished(service);
    expect(seen).toEqual(['between', 'moved']);
  });

  it('are set with the change that they belong to, or not at all', async () => {
    const service = await start();
    const failing = service.database.transaction(async () => {
      await service.set('rose', 0);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await service.set('fern', 10);
    await finished(service);
    expect(seen).toEqual(['fern']);
  });

  it('outlive the process that set them', async () => {
    const first = await start();
    await first.set('rose', 200);
    await services.pop()!.stop();
    const second = await start();
    await finished(second);
    expect(seen).toEqual(['rose']);
  });

  it('do not depend on the clock of the process', async () => {
    const service = await start();
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    const began = performance.now();
    await service.set('rose', 150);
    await finished(service);
    expect(performance.now() - began).toBeGreaterThanOrEqual(145);
  });

  it('are looked at again as often as the handler says, and overdue until then', async () => {
    const left = [2, 1, 0];
    const service = await start(async (due) => {
      await note(due);
      const value = left.shift()!;
      return () => Promise.resolve(value ? { after: 30, value } : undefined);
    });
    await service.set('rose', 10);
    await finished(service);
    expect(seen).toEqual(['rose', 'rose', 'rose']);
    expect(await service.metrics()).toMatch(
      /deadlines_handled_total\{kind="plant.watered",outcome="again",[^}]*\} 2/,
    );
  });

  it('are left alone if they were cleared or set while the handler looked', async () => {
    let settled = 0;
    const service: DeadlineService = await start(async (due) => {
      await note(due);
      if (seen.length === 1) await service.set('rose', 50);
      return () => Promise.resolve(void settled++);
    });
    await service.set('rose', 10);
    await finished(service);
    expect([seen, settled]).toEqual([['rose', 'rose'], 1]);
    expect(await service.metrics()).toMatch(/outcome="superseded",[^}]*\} 1/);
  });

  it('are settled with the deadline: when that fails, nothing of it remains, and it is tried again', async () => {
    let failures = 1;
    const service = await start(async (due) => {
      await note(due);
      return async (tx) => {
        await tx.query("INSERT INTO inbox (event_id, handler, handled_at) VALUES ('rose', 'test', 1)");
        if (failures-- > 0) throw new Error('thorns');
      };
    });
    await service.set('rose', 10);
    await finished(service);
    expect(seen).toEqual(['rose', 'rose']);
  });

  it('are not held up by one whose handler fails', async () => {
    const service = await start(async (due) => {
      if (due.key === 'bad') throw new Error('thorns');
      return note(due);
    });
    await service.set('bad', 10);
    await service.set('good', 20);
    await eventually('the good one is finished', async () => (await service.unfinished()).join() === 'bad');
    expect(seen).toEqual(['good']);
  });

  it('wait while another service is unavailable, and those of other kinds do not', async () => {
    let available = false;
    const asked: string[] = [];
    const service = await start(async (due) => {
      asked.push(due.key);
      if (!available)
        throw new DomainError('UNAVAILABLE', 'the well does not answer', { kind: 'unavailable' });
      return note(due);
    });
    await service.set('rose', 10);
    await eventually('it is asked', () => asked.length > 0);
    await service.set('hedge', 10, pruned);
    await eventually('the hedge is pruned', () => seen.includes('hedge'));
    expect(await service.unfinished()).toEqual(['rose']);
    const metrics = await service.metrics();
    expect(metrics).toMatch(/^deadlines_unfinished\{kind="plant.watered",[^}]*\} 1$/m);
    expect(metrics).toMatch(/^deadlines_overdue\{kind="plant.watered",[^}]*\} 1$/m);
    expect(metrics).toMatch(/^deadlines_oldest_overdue_seconds\{kind="plant.watered",[^}]*\} 0\.\d+$/m);
    available = true;
    await finished(service);
    expect(seen).toEqual(['hedge', 'rose']);
  });

  it('that are overdue are in the health of the service, with the reason', async () => {
    const service = await start(() =>
      Promise.reject(new DomainError('UNAVAILABLE', 'the well does not answer', { kind: 'unavailable' })),
    );
    const check = async () => (await service.health()).checks.find(({ name }) => name === 'deadlines');
    await service.set('rose', -60_000);
    await eventually('it is reported', async () => (await check())?.reason?.includes('well') === true);
    expect((await check())!.reason).toMatch(
      /^plant\.watered is overdue, the oldest since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(the well does not answer\)$/,
    );
    await service.clear('rose');
    expect(await check()).toBeUndefined();
  });

  it('are looked at by one process at a time, in batches', async () => {
    let now = 0;
    let most = 0;
    const look = (due: DueDeadline<number>) => {
      most = Math.max(most, ++now);
      return new Promise<Settle<number>>((resolve) =>
        setImmediate(() => {
          now--;
          void note(due).then(resolve);
        }),
      );
    };
    const [first] = [await start(look), await start(look)];
    const keys = Array.from({ length: 45 }, (_, n) => `plant-${n}`);
    await first.database.transaction(async () => {
      for (const key of keys) await first.set(key, 50);
    });
    await finished(first);
    expect([...seen].sort()).toEqual([...keys].sort());
    expect(most).toBeLessThanOrEqual(10);
  });
});
