import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestService } from '@msx/runtime/testing';
import { randomUUID } from 'node:crypto';
import type { OrderStockDecided } from '../gen/order_events.js';
import { OrderConsumer } from './order.consumer.js';
import { startOrderService } from './order-service.fixture.js';
import { OrderService } from './order.service.js';

let service: TestService;

beforeAll(async () => void (service = await startOrderService('sqlite')));
afterAll(() => service.stop());

const received = (value: OrderStockDecided) => ({
  id: randomUUID(),
  topic: 'order.stock.decided',
  key: value.orderId,
  time: new Date(),
  source: 'product-service',
  value,
});

it.each([
  { accepted: true, reason: '', status: 'CONFIRMED' },
  { accepted: false, reason: 'OUT_OF_STOCK', status: 'REJECTED' },
])('makes the order $status when the stock decision is $accepted', async ({ accepted, reason, status }) => {
  const orders = service.get(OrderService);
  const price = { minorUnits: 2_999, currencyCode: 'USD' };
  const { id } = await orders.create({ userId: 'jane', items: [{ productId: 'mouse', quantity: 1, price }] });
  const event = received({ orderId: id, accepted, reason });
  await service.database.transaction((tx) => service.get(OrderConsumer).onOrderStockDecided(event, tx));
  expect(await orders.get(id)).toMatchObject({ status, reason });
});
