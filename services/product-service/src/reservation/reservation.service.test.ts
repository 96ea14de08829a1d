import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { randomUUID } from 'node:crypto';
import { ProductService } from '../product/product.service.js';
import { Reservation } from './reservation.entity.js';
import type { OrderedItem } from './reservation.rules.js';
import { ReservationService } from './reservation.service.js';

describe.each(drivers)('ReservationService on %s', (driver) => {
  let service: TestService;
  let reservations: ReservationService;

  beforeAll(async () => {
    service = await TestService.start({ name: 'product-service', module: AppModule, driver });
    reservations = service.get(ReservationService);
  });
  afterAll(() => service.stop());

  const add = async (stock: number) => {
    const fields = { name: 'Mouse', description: '', price: 2_999, stock, category: '' };
    return (await service.get(ProductService).create(fields)).id;
  };
  const stockOf = async (id: string) => (await service.get(ProductService).get(id)).stock;
  const reserve = (orderId: string, ...items: OrderedItem[]) =>
    service.database.transaction((tx) => reservations.reserve(tx, orderId, items));
  const release = (orderId: string) =>
    service.database.transaction((tx) => reservations.release(tx, orderId));
  const stateOf = async (orderId: string) =>
    (await service.database.read.findOneByOrFail(Reservation, { orderId })).state;

  const answersTo = async (orderId: string) =>
    (await service.outbox('order.stock.decided'))
      .filter(({ key }) => key === orderId)
      .map(({ value }) => value);
  const changesBy = async (orderId: string) =>
    (await service.outbox('product.stock.updated'))
      .map(({ value }) => value)
      .filter((v) => v.orderId === orderId);
  const accepted = (orderId: string) => [{ orderId, accepted: true }];
  const refused = (orderId: string, reason: string) => [{ orderId, reason }];

  it('takes all items and publishes that once', async () => {
    const [first, second] = [await add(10), await add(5)];
    const order = randomUUID();
    await reserve(
      order,
      { productId: first, quantity: 2 },
      { productId: second, quantity: 5 },
      { productId: first, quantity: 1 },
    );
    expect([await stockOf(first), await stockOf(second)]).toEqual([7, 0]);
    expect(await answersTo(order)).toEqual(accepted(order));
    const changes = [
      { productId: first, stock: 7, change: -3, orderId: order },
      { productId: second, change: -5, orderId: order },
    ];
    const byProduct = changes.sort((a, b) => (a.productId < b.productId ? -1 : 1));
    expect(await changesBy(order)).toEqual(byProduct);
  });

  it('takes nothing when one item is short', async () => {
    const [first, second, third] = [await add(10), await add(1), await add(10)];
    const order = randomUUID();
    await reserve(order, ...[first, second, third].map((productId) => ({ productId, quantity: 2 })));
    expect([await stockOf(first), await stockOf(second), await stockOf(third)]).toEqual([10, 1, 10]);
    expect(await answersTo(order)).toEqual(refused(order, 'OUT_OF_STOCK'));
    expect(await changesBy(order)).toEqual([]);
    expect(await stateOf(order)).toBe('REJECTED');
  });

  it.each([randomUUID(), 'no-id'])(
    'takes nothing for a product that does not exist: %s',
    async (productId) => {
      const existing = await add(10);
      const order = randomUUID();
      await reserve(order, { productId: existing, quantity: 1 }, { productId, quantity: 1 });
      expect(await stockOf(existing)).toBe(10);
      expect(await answersTo(order)).toEqual(refused(order, 'PRODUCT_NOT_FOUND'));
    },
  );

  it.each([
    ['price', { minorUnits: 1, currencyCode: 'USD' }],
    ['currency', { minorUnits: 2_999, currencyCode: 'XXX' }],
  ])('takes nothing for an order with another %s than the catalogue has', async (_, price) => {
    const [first, second] = [await add(10), await add(10)];
    const order = randomUUID();
    const right = { minorUnits: 2_999, currencyCode: 'USD' };
    await reserve(
      order,
      { productId: first, quantity: 1, price: right },
      { productId: second, quantity: 1, price },
    );
    expect([await stockOf(first), await stockOf(second)]).toEqual([10, 10]);
    expect(await answersTo(order)).toEqual(refused(order, 'PRICE_CHANGED'));
    expect(await stateOf(order)).toBe('REJECTED');
  });

  it('takes once for an order that is delivered repeatedly', async () => {
    const productId = await add(10);
    const order = randomUUID();
    for (let n = 0; n < 3; n++) await reserve(order, { productId, quantity: 2 });
    expect(await stockOf(productId)).toBe(8);
    expect(await answersTo(order)).toEqual(accepted(order));
  });

  it('returns the items of a cancelled order, once', async () => {
    const productId = await add(10);
    const order = randomUUID();
    await reserve(order, { productId, quantity: 4 });
    for (let n = 0; n < 3; n++) await release(order);
    await reserve(order, { productId, quantity: 4 });
    expect(await stockOf(productId)).toBe(10);
    expect((await changesBy(order)).map(({ change }) => change)).toEqual([-4, 4]);
    expect(await stateOf(order)).toBe('RELEASED');
  });

  it('returns nothing for an order that was refused', async () => {
    const productId = await add(1);
    const order = randomUUID();
    await reserve(order, { productId, quantity: 2 });
    await release(order);
    expect(await stockOf(productId)).toBe(1);
    expect(await stateOf(order)).toBe('REJECTED');
  });

  it('takes nothing for an order whose cancellation arrived first, and publishes one decision', async () => {
    const productId = await add(10);
    const order = randomUUID();
    for (let n = 0; n < 2; n++) await release(order);
    expect(await stateOf(order)).toBe('CANCELLED');
    for (let n = 0; n < 2; n++) await reserve(order, { productId, quantity: 2 });
    await release(order);
    expect(await stockOf(productId)).toBe(10);
    expect(await answersTo(order)).toEqual(refused(order, 'ORDER_CANCELLED'));
    expect(await changesBy(order)).toEqual([]);
  });

  it('never oversells: 50 orders for 10 units', async () => {
    const productId = await add(10);
    const orders = Array.from({ length: 50 }, () => randomUUID());
    await Promise.all(orders.map((order) => reserve(order, { productId, quantity: 1 })));
    const answers = (await Promise.all(orders.map(answersTo))).flat();
    expect(answers).toHaveLength(50);
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(10);
    expect(await stockOf(productId)).toBe(0);
  });

  it('locks products in one order, so that orders for the same products do not deadlock', async () => {
    const [first, second] = [await add(100), await add(100)];
    const items = [first, second].map((productId) => ({ productId, quantity: 1 }));
    const attempts = Array.from({ length: 40 }, (_, n) =>
      reserve(randomUUID(), ...(n % 2 ? items : [...items].reverse())),
    );
    await Promise.all(attempts);
    expect([await stockOf(first), await stockOf(second)]).toEqual([60, 60]);
  });

  it('returns all stock when an order and its cancellation arrive at the same time', async () => {
    const productId = await add(10);
    const orders = Array.from({ length: 20 }, () => randomUUID());
    await Promise.all(
      orders.flatMap((order) => [
        untilDone(() => reserve(order, { productId, quantity: 1 })),
        untilDone(() => release(order)),
      ]),
    );
    expect(await stockOf(productId)).toBe(10);
    for (const order of orders) expect(await answersTo(order)).toHaveLength(1);
  });
});

/** Retries as a consumer does when two transactions conflict on one row. */
async function untilDone(attempt: () => Promise<void>): Promise<void> {
  for (let left = 3; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
