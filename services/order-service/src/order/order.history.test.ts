import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Histories } from '@msx/runtime';
import { drivers, type TestService } from '@msx/runtime/testing';
import { startOrderService } from './order-service.fixture.js';
import { OrderHistory } from './order.history.js';
import { orderHistory } from './order.history-type.js';
import { OrderService } from './order.service.js';

describe.each(drivers)('the events of an order on %s', (driver) => {
  let service: TestService;
  let orders: OrderService;

  beforeAll(async () => {
    service = await startOrderService(driver);
    orders = service.get(OrderService);
  });
  afterAll(() => service.stop());

  const place = async (): Promise<string> => {
    const items = [{ productId: 'mouse', quantity: 2, price: { minorUnits: 2_999, currencyCode: 'USD' } }];
    return (await orders.create({ userId: 'jane', idempotencyKey: undefined!, items })).id;
  };
  const decide = (id: string, accepted: boolean, reason: string) =>
    service.database.transaction((tx) => orders.decide(tx, id, { accepted, reason }));
  const eventsOf = async (id: string) =>
    (await service.get(OrderHistory).page(id, { first: 100, after: 0 })).events;
  const changesOf = async (id: string) =>
    (await eventsOf(id)).map(({ version, type, data }) => [version, type, data]);
  const folded = async (id: string) => {
    const { state, version } = await service.get(Histories).stateAt(orderHistory, id);
    return orderHistory.toRow(state!, { id, version });
  };

  it('are recorded from the first to the last, and fold to its row', async () => {
    const id = await place();
    expect(await folded(id)).toEqual(await orders.get(id));
    await decide(id, true, '');
    expect(await folded(id)).toEqual(await orders.get(id));
    await orders.cancel(id, 'changed my mind');
    expect(await folded(id)).toEqual(await orders.get(id));
    const contents = expect.objectContaining({ userId: 'jane', total: 5_998, currency: 'USD' });
    expect(await changesOf(id)).toEqual([
      [1, 'created', contents],
      [2, 'confirmed', {}],
      [3, 'cancelled', { reason: 'changed my mind' }],
    ]);
  });

  it('are those that changed something', async () => {
    const id = await place();
    await decide(id, false, 'OUT_OF_STOCK');
    await decide(id, true, '');
    await orders.cancel(id, '').catch(() => undefined);
    await service.database.transaction((tx) => orders.tellAgain(tx, id));
    expect((await changesOf(id)).slice(1)).toEqual([[2, 'rejected', { reason: 'OUT_OF_STOCK' }]]);
  });

  it('come with the next change if an older version of the service saved it', async () => {
    const [pending, confirmed] = [await place(), await place()];
    await decide(confirmed, true, '');
    await service.database.transaction(async (tx) => {
      await tx.query('UPDATE orders SET version = 0');
      await tx.query('DELETE FROM order_events');
    });
    for (const id of [pending, confirmed]) {
      await orders.cancel(id, '');
      expect(await folded(id)).toEqual(await orders.get(id));
    }
    const types = async (id: string) => (await eventsOf(id)).map(({ type }) => type);
    expect(await types(pending)).toEqual(['created', 'cancelled']);
    expect(await types(confirmed)).toEqual(['created', 'confirmed', 'cancelled']);
  });
});
