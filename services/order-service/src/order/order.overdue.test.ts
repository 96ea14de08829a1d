import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LookAgain, Settle } from '@msx/runtime';
import { drivers, type TestService } from '@msx/runtime/testing';
import { ReservationState } from '../gen/product.js';
import { WatchOrders1796083200000 } from '../migrations/watch-orders.js';
import { startOrderService, StockFixture } from './order-service.fixture.js';
import type { AwaitedRelease } from './order.deadlines.js';
import { OverdueOrders } from './order.overdue.js';
import { OrderService } from './order.service.js';

const price = { minorUnits: 2_999, currencyCode: 'USD' };

describe.each(drivers)('OverdueOrders on %s', (driver) => {
  const stock = new StockFixture();
  let service: TestService;
  let orders: OrderService;
  let overdue: OverdueOrders;

  beforeAll(async () => {
    await stock.listen();
    service = await startOrderService(driver, stock.address);
    [orders, overdue] = [service.get(OrderService), service.get(OverdueOrders)];
  });
  afterAll(async () => {
    await service.stop();
    stock.close();
  });

  const place = async () =>
    (await orders.create({ userId: 'jane', items: [{ productId: 'mouse', quantity: 2, price }] })).id;
  const decided = (id: string, state: ReservationState, reason = '') =>
    stock.reservations.set(id, { state, reason });
  const settled = async <T>(settle: Settle<T>): Promise<LookAgain<T> | undefined> =>
    (await service.database.transaction(settle)) ?? undefined;
  const undecided = async (key: string, asked = false) =>
    settled(await overdue.onUndecided({ key, value: { asked } }));
  const kept = async (key: string, value: AwaitedRelease) => settled(await overdue.onKept({ key, value }));
  const deadlinesOf = async (id: string): Promise<{ kind: string; value: unknown }[]> => {
    const rows = (await service.database.read
      .sql`SELECT kind, value FROM deadlines WHERE subject = ${id} ORDER BY kind`) as {
      kind: string;
      value: string;
    }[];
    return rows.map(({ kind, value }) => ({ kind, value: JSON.parse(value) as unknown }));
  };
  const eventsOf = async (id: string) => (await service.outbox()).filter(({ key }) => key === id);
  const topicsOf = async (id: string) => (await eventsOf(id)).map(({ topic }) => topic);

  it('watches an order while it is PENDING, and its stock once it is over', async () => {
    const [confirmed, cancelled] = [await place(), await place()];
    const pending = { kind: 'order.decision', value: { asked: false } };
    expect([await deadlinesOf(confirmed), await deadlinesOf(cancelled)]).toEqual([[pending], [pending]]);
    await service.database.transaction((tx) => orders.decide(tx, confirmed, { accepted: true, reason: '' }));
    await orders.cancel(cancelled, '');
    expect(await deadlinesOf(confirmed)).toEqual([]);
    const value = { previous: 'PENDING', rounds: 0 };
    expect(await deadlinesOf(cancelled)).toEqual([{ kind: 'order.release', value }]);
  });

  it.each([
    ['TAKEN', '', { status: 'CONFIRMED', reason: '' }],
    ['REJECTED', 'OUT_OF_STOCK', { status: 'REJECTED', reason: 'OUT_OF_STOCK' }],
    ['CANCELLED', '', { status: 'REJECTED', reason: 'ORDER_CANCELLED' }],
  ] as const)('applies a decision whose event was lost: %s', async (state, reason, outcome) => {
    const id = await place();
    decided(id, ReservationState[`RESERVATION_STATE_${state}`], reason);
    expect(await undecided(id)).toBeUndefined();
    expect(await orders.get(id)).toMatchObject(outcome);
    expect(await topicsOf(id)).toEqual(['order.created', 'order.status.changed']);
  });

  it('publishes an order that has not arrived again, as a copy of the same event', async () => {
    const id = await place();
    expect(await undecided(id)).toEqual({ after: 60_000, value: { asked: true } });
    expect(await orders.get(id)).toMatchObject({ status: 'PENDING' });
    const [first, copy] = await eventsOf(id);
    expect(copy).toEqual(first);
    const rows = (await service.database.read.query('SELECT headers FROM outbox')) as { headers: string }[];
    const ids = rows.filter(({ headers }) => headers.includes(JSON.stringify(['ce_id', id])));
    expect(ids).toHaveLength(2);
  });

  it('rejects an order that still has not arrived, and has its stock returned if it does later', async () => {
    const id = await place();
    expect(await undecided(id, true)).toBeUndefined();
    const rejected = { status: 'REJECTED', reason: 'NOT_DECIDED' };
    expect(await orders.get(id)).toMatchObject(rejected);
    const value = { previous: 'PENDING', rounds: 0 };
    expect(await deadlinesOf(id)).toEqual([{ kind: 'order.release', value }]);

    await service.database.transaction((tx) => orders.decide(tx, id, { accepted: true, reason: '' }));
    expect(await orders.get(id)).toMatchObject(rejected);
    expect((await topicsOf(id)).filter((topic) => topic === 'order.status.changed')).toHaveLength(1);
  });

  it('publishes the end of an order again until the stock has nothing of it, less and less often', async () => {
    const id = await place();
    await orders.cancel(id, '');
    const previous = 'CONFIRMED';
    expect(await kept(id, { previous, rounds: 0 })).toEqual({
      after: 60_000,
      value: { previous, rounds: 1 },
    });
    decided(id, ReservationState.RESERVATION_STATE_TAKEN);
    expect(await kept(id, { previous, rounds: 1 })).toMatchObject({ after: 120_000 });
    expect(await kept(id, { previous, rounds: 40 })).toMatchObject({ after: 3_600_000 });
    const ends = (await eventsOf(id)).filter(({ topic }) => topic === 'order.status.changed');
    expect(ends.map(({ value }) => value.status)).toEqual(Array(4).fill('ORDER_STATUS_CANCELLED'));
    decided(id, ReservationState.RESERVATION_STATE_RELEASED);
    expect(await kept(id, { previous, rounds: 2 })).toBeUndefined();
    expect(await eventsOf(id)).toHaveLength(1 + 4);
  });

  it('gives the orders of an earlier version deadlines, and takes them away again', async () => {
    const [pending, cancelled, confirmed] = [await place(), await place(), await place()];
    await orders.cancel(cancelled, '');
    await service.database.transaction((tx) => orders.decide(tx, confirmed, { accepted: true, reason: '' }));
    const runner = service.database.store.writer.createQueryRunner();
    const migration = new WatchOrders1796083200000();
    await migration.down(runner);
    expect(await Promise.all([pending, cancelled].map(deadlinesOf))).toEqual([[], []]);
    await migration.up(runner);
    await runner.release();
    expect(await deadlinesOf(pending)).toEqual([{ kind: 'order.decision', value: { asked: false } }]);
    const value = { previous: 'CONFIRMED', rounds: 0 };
    expect(await deadlinesOf(cancelled)).toEqual([{ kind: 'order.release', value }]);
    expect(await deadlinesOf(confirmed)).toEqual([]);
  });
});

it('leaves an order as it is while product-service does not answer', async () => {
  const service = await startOrderService('sqlite');
  const orders = service.get(OrderService);
  const { id } = await orders.create({ userId: 'jane', items: [{ productId: 'mouse', quantity: 1, price }] });
  const look = service.get(OverdueOrders).onUndecided({ key: id, value: { asked: true } });
  await expect(look).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await orders.get(id)).toMatchObject({ status: 'PENDING' });
  await service.stop();
});
