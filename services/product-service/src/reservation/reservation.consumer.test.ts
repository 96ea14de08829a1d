import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import type { ReceivedEvent } from '@msx/runtime';
import { randomUUID } from 'node:crypto';
import { OrderStatus } from '../gen/order.js';
import { OrderCreated, OrderStatusChanged } from '../gen/order_events.js';
import { ProductService } from '../product/product.service.js';
import { isOver, ReservationConsumer } from './reservation.consumer.js';

function received<T>(topic: string, key: string, value: T): ReceivedEvent<T> {
  return { id: randomUUID(), topic, key, time: new Date(), source: 'order-service', value };
}

describe('ReservationConsumer', () => {
  let service: TestService;
  let productId: string;
  let orderId: string;

  beforeAll(
    async () =>
      void (service = await TestService.start({
        name: 'product-service',
        module: AppModule,
        driver: 'sqlite',
      })),
  );
  afterAll(() => service.stop());
  beforeEach(async () => {
    const fields = { name: 'Mouse', description: '', price: 2_999, stock: 10, category: '' };
    productId = (await service.get(ProductService).create(fields)).id;
    orderId = randomUUID();
  });

  const stock = async () => (await service.get(ProductService).get(productId)).stock;
  const created = () => {
    const items = [{ productId, quantity: 3, price: { minorUnits: 2_999, currencyCode: 'USD' } }];
    const value = OrderCreated.fromPartial({ order: { id: orderId, items } });
    const event = received('order.created', orderId, value);
    return service.database.transaction((tx) => service.get(ReservationConsumer).onOrderCreated(event, tx));
  };
  const became = (status: OrderStatus) => {
    const value = OrderStatusChanged.fromPartial({ orderId, status });
    const event = received('order.status.changed', orderId, value);
    return service.database.transaction((tx) =>
      service.get(ReservationConsumer).onOrderStatusChanged(event, tx),
    );
  };

  it('takes the items of a created order from stock', async () => {
    await created();
    expect(await stock()).toBe(7);
  });

  it.each([
    ['no order', {}, 'order is required'],
    ['no id', { order: { items: [{ productId: 'p', quantity: 1 }] } }, 'order.id must not be empty'],
    ['an endless id', { order: { id: 'x'.repeat(900_000), items: [] } }, 'order.id must have at most 64'],
    ['no items', { order: { id: 'o' } }, 'order.items must not be empty'],
    [
      'an item without a product',
      { order: { id: 'o', items: [{ quantity: 1 }] } },
      'order.items[0].productId',
    ],
  ])('refuses an event with %s', async (_, value, reason) => {
    const event = received('order.created', 'o', OrderCreated.fromPartial(value));
    const handled = service.database.transaction((tx) =>
      service.get(ReservationConsumer).onOrderCreated(event, tx),
    );
    await expect(handled).rejects.toThrow(reason);
  });

  it.each([
    ['CANCELLED', OrderStatus.ORDER_STATUS_CANCELLED],
    ['REJECTED, because the decision came too late', OrderStatus.ORDER_STATUS_REJECTED],
  ])('returns them when the order becomes %s', async (_, status) => {
    await created();
    await became(status);
    expect(await stock()).toBe(10);
  });

  it('is called for no other status', () => {
    const statuses = Object.values(OrderStatus).filter((status) => typeof status === 'number');
    const called = statuses.filter((status) => isOver(OrderStatusChanged.fromPartial({ status })));
    expect(called).toEqual([OrderStatus.ORDER_STATUS_REJECTED, OrderStatus.ORDER_STATUS_CANCELLED]);
  });

  it.each([OrderStatus.ORDER_STATUS_CANCELLED, OrderStatus.ORDER_STATUS_REJECTED])(
    'takes nothing for an order whose end arrived first: %s',
    async (status) => {
      await became(status);
      await created();
      expect(await stock()).toBe(10);
    },
  );

  it('refuses an event without an order', async () => {
    const event = received('order.created', orderId, OrderCreated.fromPartial({}));
    const consumed = service.database.transaction((tx) =>
      service.get(ReservationConsumer).onOrderCreated(event, tx),
    );
    await expect(consumed).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  });
});
