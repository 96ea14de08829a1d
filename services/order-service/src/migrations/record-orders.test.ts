import { expect, describe, it } from '@jest/globals';
import { Histories } from '@msx/runtime';
import { drivers } from '@msx/runtime/testing';
import { randomUUID } from 'node:crypto';
import { startOrderService } from '../order/order-service.fixture.js';
import { orderHistory } from '../order/order.history-type.js';
import { OrderService } from '../order/order.service.js';
import { RecordOrders1796169600000 } from './record-orders.js';

const ITEMS = JSON.stringify([{ productId: 'a"b\\ü', quantity: 2, price: 2_999 }]);
const ROWS = [
  ['PENDING', '', 'key'],
  ['CONFIRMED', '', null],
  ['REJECTED', 'OUT_OF_STOCK', null],
  ['CANCELLED', 'it\'s "too" slow\n', null],
  ['CANCELLED', '', null],
] as const;

describe.each(drivers)('RecordOrders on %s', (driver) => {
  it('makes events out of the orders that there are, which fold to their rows', async () => {
    const service = await startOrderService(driver);
    const runner = service.database.store.writer.createQueryRunner();
    const migration = new RecordOrders1796169600000();
    await migration.down(runner);
    const ids: string[] = [];
    for (const [n, [status, reason, key]] of ROWS.entries()) {
      ids.push(randomUUID());
      await runner.manager.sql`INSERT INTO orders
          (id, user_id, status, items, total, currency, reason, idempotency_key, fingerprint, created_at, updated_at)
        VALUES (${ids[n]!}, 'jane', ${status}, ${ITEMS}, ${9_007_199_254_740_991}, 'USD', ${reason}, ${key}, 'print',
          ${1_700_000_000_000 + n}, ${1_700_000_000_500 + n})`;
    }
    await runner.manager.sql`UPDATE orders SET updated_at = created_at WHERE status = 'PENDING'`;
    await migration.up(runner);
    await runner.release();
    for (const [n, id] of ids.entries()) {
      const { state, version } = await service.get(Histories).stateAt(orderHistory, id);
      expect(version).toBe(n === 0 ? 1 : 2);
      expect(orderHistory.toRow(state!, { id, version })).toEqual(await service.get(OrderService).get(id));
    }
    await service.stop();
  });
});
