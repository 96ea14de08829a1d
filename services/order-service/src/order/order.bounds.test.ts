import { boundedFields, requestAt, TestProcess } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { OrderStatus, OrderServiceService as rpcs } from '../gen/order.js';

const contract = readFileSync(new URL('../../../../proto/order.proto', import.meta.url), 'utf8');
const fields = boundedFields(contract).filter(({ max }) => max !== undefined);

describe('the bounds of the contract', () => {
  let service: TestProcess;
  let id = '';

  beforeAll(async () => {
    const variables = { PRODUCT_SERVICE_URL: '127.0.0.1:1' };
    service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url), variables);
    const items = [{ productId: 'x', quantity: 1, price: { minorUnits: 1, currencyCode: 'USD' } }];
    const { order } = await service.call(rpcs.createOrder, { userId: 'jane', items, idempotencyKey: '' });
    id = order!.id;
  });
  afterAll(async () => void (await service.stop()));

  const members: Record<string, unknown> = {
    ids: 'x',
    statuses: OrderStatus.ORDER_STATUS_PENDING,
    items: { productId: 'x', quantity: 1, price: undefined },
  };

  it.each(fields)('are enforced: $rpc takes at most $max at $path', async ({ rpc, path, kind, max }) => {
    const name = path.at(-1)!;
    const refused = new RegExp(`(^|; )${name} must (have|be) (at most|1 to|from 1 to) ${max}\\b`);
    const answer = (count: number): Promise<string> => {
      const value = kind === 'text' ? 'x'.repeat(count) : Array(count).fill(members[name]);
      const method = rpcs[rpc as keyof typeof rpcs] as typeof rpcs.cancelOrder;
      const request = requestAt(method, [path, value], {
        id,
        userId: 'jane',
        idempotencyKey: 'key',
      } as object);
      return service.call(method, request).then(String, ({ message }: Error) => message);
    };
    expect(await answer(max!)).not.toMatch(refused);
    expect(await answer(max! + 1)).toMatch(refused);
  });
});
