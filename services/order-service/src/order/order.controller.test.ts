import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestKeys, TestProcess } from '@msx/runtime/testing';
import { randomUUID } from 'node:crypto';
import { OrderEventType, OrderServiceService as rpc, OrderSort, OrderStatus } from '../gen/order.js';

describe('OrderController', () => {
  const keys = new TestKeys();
  let service: TestProcess;

  beforeAll(async () => {
    const variables = { ...keys.variables, AUTH: 'optional', PRODUCT_SERVICE_URL: '127.0.0.1:1' };
    service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url), variables);
  });
  afterAll(async () => expect(await service.stop()).toBe(0));

  const money = (minorUnits: number) => ({ minorUnits, currencyCode: 'USD' });
  const items = [{ productId: 'mouse', quantity: 2, price: money(2_999) }];
  const create = async (fields = {}) => {
    const request = { userId: 'jane', items, idempotencyKey: '', ...fields };
    const { order } = await service.call(rpc.createOrder, request);
    return order!;
  };

  it('creates and reads orders', async () => {
    const order = await create();
    const pending = {
      userId: 'jane',
      status: OrderStatus.ORDER_STATUS_PENDING,
      items,
      total: money(5_998),
      reason: '',
    };
    expect(order).toMatchObject(pending);
    expect(order.createdAt).toBeInstanceOf(Date);
    expect(await service.call(rpc.getOrder, { id: order.id })).toEqual({ order });
    expect(await service.call(rpc.batchGetOrders, { ids: [order.id, 'x'] })).toEqual({ orders: [order] });
  });

  it('lists and counts the orders of a user', async () => {
    const order = await create({ userId: 'john' });
    const page = { userId: 'john', page: 1, limit: 10 };
    expect(await service.call(rpc.listUserOrders, page)).toEqual({ orders: [order] });
    const unset = { userId: 'john', page: 0, limit: 0 };
    expect(await service.call(rpc.listUserOrders, unset)).toEqual({ orders: [order] });
    expect(await service.call(rpc.countUserOrders, { userId: 'john' })).toEqual({ count: 1 });
    expect(await service.call(rpc.countUserOrders, { userId: 'nobody' })).toEqual({ count: 0 });
  });

  it('searches the orders of a user after a cursor, and counts all matches', async () => {
    const userId = 'jill';
    const [first, second, third] = [
      await create({ userId }),
      await create({ userId }),
      await create({ userId }),
    ];
    await service.call(rpc.cancelOrder, { id: second.id, reason: '' });
    const statuses = [OrderStatus.ORDER_STATUS_PENDING];
    const filter = { statuses, createdAfter: undefined, createdBefore: undefined };
    const request = { userId, filter, sort: OrderSort.ORDER_SORT_CREATED_DESC, first: 1, after: '' };
    const page = async (after: string) => {
      const { edges, hasNextPage } = await service.call(rpc.searchUserOrders, { ...request, after });
      return { id: edges[0]!.order!.id, cursor: edges[0]!.cursor, hasNextPage };
    };
    const newest = await page('');
    const oldest = await page(newest.cursor);
    expect([newest.hasNextPage, oldest.hasNextPage]).toEqual([true, false]);
    expect([newest.id, oldest.id].sort()).toEqual([first.id, third.id].sort());
    expect(await service.call(rpc.countUserOrders, { userId, filter })).toEqual({ count: 2 });
    const all = await service.call(rpc.searchUserOrders, { ...request, first: 0 });
    expect(all.edges).toHaveLength(2);
  });

  it('treats an empty idempotency key as none', async () => {
    expect((await create()).id).not.toBe((await create()).id);
    expect(await create({ idempotencyKey: 'once' })).toEqual(await create({ idempotencyKey: 'once' }));
  });

  it('finds the order of an idempotency key', async () => {
    const request = { userId: 'jane', idempotencyKey: 'found', items };
    expect(await service.call(rpc.findOrder, request)).toEqual({ order: undefined });
    const order = await create({ idempotencyKey: 'found' });
    expect(await service.call(rpc.findOrder, request)).toEqual({ order });
  });

  it('cancels orders', async () => {
    const { id } = await create();
    const { order } = await service.call(rpc.cancelOrder, { id, reason: 'changed my mind' });
    expect(order).toMatchObject({ status: OrderStatus.ORDER_STATUS_CANCELLED, reason: 'changed my mind' });
  });

  it('tells what happened to an order, and who did it, page by page', async () => {
    const jane = await keys.sign({ id: 'jane', roles: ['customer'] });
    const { id, createdAt } = await create();
    await service.call(rpc.cancelOrder, { id, reason: 'changed my mind' }, jane);
    const page = (first: number, after: number) => service.call(rpc.orderHistory, { id, first, after }, jane);
    const created = { version: 1, type: OrderEventType.ORDER_EVENT_TYPE_CREATED, by: '', reason: '' };
    expect(await page(1, 0)).toEqual({ events: [{ ...created, at: createdAt }], hasNextPage: true });
    const cancelled = { version: 2, type: OrderEventType.ORDER_EVENT_TYPE_CANCELLED, by: 'jane' };
    expect(await page(0, 1)).toMatchObject({
      events: [{ ...cancelled, reason: 'changed my mind' }],
      hasNextPage: false,
    });
    await expect(page(101, 0)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  });

  it('gives the same answer for an order of another user as for none', async () => {
    const { id } = await create();
    const john = await keys.sign({ id: 'john', roles: ['customer'] });
    const refusals = (id: string) =>
      Promise.all(
        [
          service.call(rpc.getOrder, { id }, john),
          service.call(rpc.cancelOrder, { id, reason: '' }, john),
          service.call(rpc.orderHistory, { id, first: 1, after: 0 }, john),
        ].map((call) => call.catch((error: Error) => error.message)),
      );
    const none = randomUUID();
    const expected = (await refusals(none)).map((message) => String(message).replace(none, id));
    expect(expected[0]).toContain('there is no order');
    expect(await refusals(id)).toEqual(expected);
    expect(await service.call(rpc.batchGetOrders, { ids: [id, none] }, john)).toEqual({ orders: [] });
    const jane = await keys.sign({ id: 'jane', roles: ['customer'] });
    expect(await service.call(rpc.getOrder, { id }, jane)).toMatchObject({ order: { id } });
  });

  it('returns the reason of an error', async () => {
    const missing = { reason: 'ORDER_NOT_FOUND', kind: 'not-found' };
    await expect(service.call(rpc.getOrder, { id: 'x' })).rejects.toMatchObject(missing);
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    await expect(create({ items: [{ ...items[0], price: undefined }] })).rejects.toMatchObject(invalid);
  });
});
