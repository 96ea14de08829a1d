import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, type TestService } from '@msx/runtime/testing';
import { randomUUID } from 'node:crypto';
import type { NewOrder } from './order.rules.js';
import { startOrderService } from './order-service.fixture.js';
import { OrderService } from './order.service.js';

const price = { minorUnits: 2_999, currencyCode: 'USD' };
const mice = (quantity: number) => ({ productId: 'mouse', quantity, price });

describe.each(drivers)('OrderService on %s', (driver) => {
  let service: TestService;
  let orders: OrderService;

  beforeAll(async () => {
    service = await startOrderService(driver);
    orders = service.get(OrderService);
  });
  afterAll(() => service.stop());

  const place = (request: Partial<NewOrder> = {}) =>
    orders.create({ userId: randomUUID(), items: [mice(2)], ...request });
  const decide = (id: string, accepted: boolean, reason = '') =>
    service.database.transaction((tx) => orders.decide(tx, id, { accepted, reason }));
  const eventsOf = async (id: string) => (await service.outbox()).filter(({ key }) => key === id);
  const changesOf = async (id: string) =>
    (await eventsOf(id))
      .filter(({ topic }) => topic === 'order.status.changed')
      .map(({ value }) => `${value.previousStatus} > ${value.status}`.replaceAll('ORDER_STATUS_', ''));

  it('saves a PENDING order together with its event', async () => {
    const order = await place();
    expect(order).toMatchObject({ status: 'PENDING', total: 5_998, currency: 'USD', reason: '' });
    expect(await orders.get(order.id)).toEqual(order);
    const { id, userId, createdAt } = order;
    const at = createdAt.toISOString();
    const value = {
      order: {
        id,
        userId,
        status: 'ORDER_STATUS_PENDING',
        items: [mice(2)],
        total: { minorUnits: 5_998, currencyCode: 'USD' },
        createdAt: at,
        updatedAt: at,
      },
    };
    expect(await eventsOf(id)).toEqual([{ topic: 'order.created', key: id, value }]);
  });

  it('refuses invalid input, and saves nothing', async () => {
    const userId = randomUUID();
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    await expect(place({ userId, items: [mice(0)] })).rejects.toMatchObject(invalid);
    expect(await orders.countOfUser({ userId })).toBe(0);
    await expect(orders.listOfUser(userId, { page: 1, limit: 101 })).rejects.toMatchObject(invalid);
    await expect(orders.countOfUser({ userId: 'a\0b' })).rejects.toMatchObject(invalid);
  });

  it('is confirmed when the stock decision is positive, and publishes that', async () => {
    const { id, userId } = await place();
    await decide(id, true);
    const order = await orders.get(id);
    expect(order).toMatchObject({ status: 'CONFIRMED', reason: '' });
    const [, changed] = await eventsOf(id);
    expect(changed).toEqual({
      topic: 'order.status.changed',
      key: id,
      value: {
        orderId: id,
        userId,
        previousStatus: 'ORDER_STATUS_PENDING',
        status: 'ORDER_STATUS_CONFIRMED',
        changedAt: order.updatedAt.toISOString(),
      },
    });
  });

  it('is rejected when the stock decision is negative, with its reason', async () => {
    const { id } = await place();
    await decide(id, false, 'OUT_OF_STOCK');
    expect(await orders.get(id)).toMatchObject({ status: 'REJECTED', reason: 'OUT_OF_STOCK' });
    expect(await changesOf(id)).toEqual(['PENDING > REJECTED']);
  });

  it('is decided once', async () => {
    const { id } = await place();
    await decide(id, true);
    await decide(id, true);
    await decide(id, false, 'OUT_OF_STOCK');
    expect(await orders.get(id)).toMatchObject({ status: 'CONFIRMED', reason: '' });
    expect(await changesOf(id)).toEqual(['PENDING > CONFIRMED']);
  });

  it.each(['PENDING', 'CONFIRMED'])('can be cancelled when %s, idempotently', async (status) => {
    const { id } = await place();
    if (status === 'CONFIRMED') await decide(id, true);
    const cancelled = await orders.cancel(id, 'changed my mind');
    expect(cancelled).toMatchObject({ status: 'CANCELLED', reason: 'changed my mind' });
    expect(await orders.cancel(id, 'another reason')).toEqual(cancelled);
    expect((await changesOf(id)).at(-1)).toBe(`${status} > CANCELLED`);
    await decide(id, false, 'ORDER_CANCELLED');
    expect(await orders.get(id)).toEqual(cancelled);
  });

  it('cannot be cancelled when it was rejected', async () => {
    const { id } = await place();
    await decide(id, false, 'OUT_OF_STOCK');
    const refusal = { reason: 'ORDER_NOT_CANCELLABLE', kind: 'precondition' };
    await expect(orders.cancel(id, '')).rejects.toMatchObject(refusal);
    expect(await changesOf(id)).toEqual(['PENDING > REJECTED']);
  });

  it('has one history when it is decided and cancelled at the same time', async () => {
    for (let n = 0; n < 10; n++) {
      const { id } = await place();
      await Promise.all([decide(id, true), orders.cancel(id, ''), orders.cancel(id, ''), decide(id, true)]);
      expect(await orders.get(id)).toMatchObject({ status: 'CANCELLED' });
      expect([['PENDING > CANCELLED'], ['PENDING > CONFIRMED', 'CONFIRMED > CANCELLED']]).toContainEqual(
        await changesOf(id),
      );
    }
  });

  it('returns the first order for a repeated request', async () => {
    const request = { userId: randomUUID(), idempotencyKey: randomUUID() };
    const first = await place(request);
    await decide(first.id, true);
    expect(await place(request)).toMatchObject({ id: first.id, status: 'CONFIRMED' });
    expect(await orders.countOfUser({ userId: request.userId })).toBe(1);
    expect((await eventsOf(first.id)).map(({ topic }) => topic)).toEqual([
      'order.created',
      'order.status.changed',
    ]);
  });

  it('saves one order for many identical requests at the same time', async () => {
    const request = { userId: randomUUID(), idempotencyKey: 'retry' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(request)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await orders.countOfUser({ userId: request.userId })).toBe(1);
    expect(await eventsOf(answers[0]!.id)).toHaveLength(1);
  });

  it('refuses a key for two different requests of one user', async () => {
    const request = { userId: randomUUID(), idempotencyKey: 'key' };
    await place(request);
    const reused = { reason: 'IDEMPOTENCY_KEY_REUSED', kind: 'conflict' };
    await expect(place({ ...request, items: [mice(3)] })).rejects.toMatchObject(reused);
    await expect(place({ ...request, userId: randomUUID(), items: [mice(3)] })).resolves.toBeDefined();
  });

  it('finds the order of an idempotency key', async () => {
    const request = { userId: randomUUID(), idempotencyKey: 'key', items: [mice(2)] };
    expect(await orders.find(request)).toBeNull();
    const { id } = await place(request);
    expect(await orders.find(request)).toMatchObject({ id });
    await expect(orders.find({ ...request, items: [mice(3)] })).rejects.toMatchObject({
      reason: 'IDEMPOTENCY_KEY_REUSED',
    });
    await expect(orders.find({ ...request, idempotencyKey: 'a\0b' })).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
    });
  });

  it('creates an order for each request without a key', async () => {
    const userId = randomUUID();
    await Promise.all([place({ userId }), place({ userId })]);
    expect(await orders.countOfUser({ userId })).toBe(2);
  });

  it.each(['', 'x', 'a\0b', randomUUID()])('does not find order %j', async (id) => {
    const missing = { reason: 'ORDER_NOT_FOUND', kind: 'not-found' };
    await expect(orders.get(id)).rejects.toMatchObject(missing);
    await expect(orders.cancel(id, '')).rejects.toMatchObject(missing);
    await expect(decide(id, true)).rejects.toMatchObject(missing);
    expect(await orders.batch([id])).toEqual([]);
  });

  it('lists the orders of one user, by creation time, page by page', async () => {
    const userId = randomUUID();
    await Promise.all(Array.from({ length: 7 }, () => place({ userId })));
    await place();
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => orders.listOfUser(userId, { page, limit: 3 })),
    );
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1, 0]);
    const keys = pages.flat().map(({ createdAt, id }) => `${createdAt.getTime()} ${id}`);
    expect(new Set(keys).size).toBe(7);
    expect(keys).toEqual([...keys].sort());
    expect(await orders.batch(pages.flat().map(({ id }) => id))).toHaveLength(7);
  });
});
