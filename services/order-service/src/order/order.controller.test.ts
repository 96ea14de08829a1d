import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProcess } from '@msx/runtime/testing';
import { OrderServiceService as rpc, OrderSort, OrderStatus } from '../gen/order.js';

describe('OrderController', () => {
  let service: TestProcess;

  beforeAll(
    async () => void (service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url))),
  );
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

  it('searches the orders of a user from a cursor on, and counts what it would find', async () => {
    const userId = 'jill';
    const [first, second, third] = [
      await create({ userId }),
      await create({ userId }),
      await create({ userId }),
    ];
    await service.call(rpc.cancelOrder, { id: second.id, reason: '' });
    const statuses = [OrderStatus.ORDER_STATUS_PENDING];
    const filter = { statuses, createdAfter: undefined, createdBefore: undefined };
    const asked = { userId, filter, sort: OrderSort.ORDER_SORT_CREATED_DESC, first: 1, after: '' };
    const page = async (after: string) => {
      const { edges, hasNextPage } = await service.call(rpc.searchUserOrders, { ...asked, after });
      return { id: edges[0]!.order!.id, cursor: edges[0]!.cursor, hasNextPage };
    };
    const newest = await page('');
    const oldest = await page(newest.cursor);
    expect([newest.hasNextPage, oldest.hasNextPage]).toEqual([true, false]);
    expect([newest.id, oldest.id].sort()).toEqual([first.id, third.id].sort());
    expect(await service.call(rpc.countUserOrders, { userId, filter })).toEqual({ count: 2 });
    const all = await service.call(rpc.searchUserOrders, { ...asked, first: 0 });
    expect(all.edges).toHaveLength(2);
  });

  it('takes an empty key for none', async () => {
    expect((await create()).id).not.toBe((await create()).id);
    expect(await create({ idempotencyKey: 'once' })).toEqual(await create({ idempotencyKey: 'once' }));
  });

  it('finds what a key was used for', async () => {
    const asked = { userId: 'jane', idempotencyKey: 'found', items };
    expect(await service.call(rpc.findOrder, asked)).toEqual({ order: undefined });
    const order = await create({ idempotencyKey: 'found' });
    expect(await service.call(rpc.findOrder, asked)).toEqual({ order });
  });

  it('cancels orders', async () => {
    const { id } = await create();
    const { order } = await service.call(rpc.cancelOrder, { id, reason: 'changed my mind' });
    expect(order).toMatchObject({ status: OrderStatus.ORDER_STATUS_CANCELLED, reason: 'changed my mind' });
  });

  it('answers with the reason of an error', async () => {
    const missing = { reason: 'ORDER_NOT_FOUND', kind: 'not-found' };
    await expect(service.call(rpc.getOrder, { id: 'x' })).rejects.toMatchObject(missing);
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid' };
    await expect(create({ items: [{ ...items[0], price: undefined }] })).rejects.toMatchObject(invalid);
  });
});
