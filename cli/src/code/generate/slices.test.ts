import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { consumerSlice, generateConsumer } from './consumer/generate-consumer.js';
import { destroySlice } from './destroy-slice.js';
import { eventSlice, generateEvent } from './event/generate-event.js';
import { hashOf } from './ledger/ledger.js';
import { RealShop } from './real-shop.fixture.js';
import { generateRpc, rpcSlice } from './rpc/generate-rpc.js';
import { generateService } from './service/generate-service.js';
import type { RpcRequest } from './rpc/rpc-request.js';

jest.setTimeout(240_000);

const shipOrder = { target: 'order.ShipOrder', input: 'orderId:id,carrier:string!', output: 'Order' };
const shipped = { topic: 'order.shipped', service: 'order', fields: 'orderId:id,at:datetime!' };
const writes = { dryRun: false };

describe('a slice into an existing service', () => {
  let shop: RealShop;
  beforeEach(() => {
    shop = new RealShop();
  });
  afterEach(() => shop.remove());

  const rpc = (request: RpcRequest) => shop.withContext((context) => generateRpc(context, request, writes));
  const event = (request: typeof shipped) =>
    shop.withContext((context) => generateEvent(context, request, writes));
  const consumer = (topic: string, service: string) =>
    shop.withContext((context) => generateConsumer(context, { topic, service }, writes));
  const destroy = (id: string) => shop.withContext((context) => destroySlice(context, id, writes));

  it('for an RPC is added from the contract to the gateway, once, and removed again', async () => {
    const controller = 'services/order-service/src/order/order.controller.ts';
    shop.edit(controller, (text) => `// The user's own words.\n${text}`);
    const before = shop.tree();
    const made = await rpc(shipOrder);
    expect(made.byHand).toEqual([
      'services/order-service/src/order/ship-order.ts: implement ShipOrder for the entity that it loads',
    ]);
    expect(made.changed).toEqual([
      'proto/order.proto',
      'services/api-gateway/src/app.module.ts',
      'services/api-gateway/src/upstreams/services.fixture.ts',
      'services/order-service/README.md',
      controller,
    ]);
    expect(shop.read('services/order-service/README.md')).toMatch(/^\| `ShipOrder` /m);
    expect(shop.read(controller)).toMatch(/^\/\/ The user's own words\.\n/);
    expect(shop.read(controller)).toContain('toMessage(await shipOrder(this.orders, request))');
    const after = shop.tree();
    expect(await rpc(shipOrder)).toMatchObject({ created: [], changed: [], byHand: [] });
    expect(shop.tree()).toEqual(after);
    await destroy('rpc order-service.ShipOrder');
    expect(shop.tree()).toEqual(before);
  });

  it('for an event and its consumer is added to contract, msx.yaml and module, and removed again', async () => {
    const before = shop.tree();
    expect((await event(shipped)).byHand).toEqual([
      'services/order-service/src/order/order-shipped.event.ts: call publishOrderShipped where order.shipped happens, in the same transaction',
    ]);
    expect((await event(shipped)).byHand).toEqual([]);
    expect((await consumer('order.shipped', 'user')).created).toHaveLength(2);
    expect(shop.read('msx.yaml')).toContain('consumes: [order.shipped]');
    expect(shop.read('services/user-service/src/app.module.ts')).toContain('consumes: true');
    const after = shop.tree();
    await event(shipped);
    await consumer('order.shipped', 'user');
    expect(shop.tree()).toEqual(after);
    await expect(destroy('event order.shipped')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await destroy('consumer user-service.order.shipped');
    await destroy('event order.shipped');
    expect(shop.tree()).toEqual(before);
  });

  it('for one of several consumers is removed without affecting the others', async () => {
    const module = 'services/user-service/src/app.module.ts';
    const before = shop.tree();
    await consumer('order.created', 'user');
    await consumer('product.created', 'user');
    await destroy('consumer user-service.order.created');
    expect(shop.read(module)).toContain('consumes: true');
    expect(shop.read('msx.yaml')).toContain('consumes: [product.created]');
    await destroy('consumer user-service.product.created');
    expect(shop.tree()).toEqual(before);
  });

  // When the generated code changes, the version has to be increased, or existing systems would never receive the
  // change.
  it('has a new version when its output changes', async () => {
    const made = await shop.withContext(async (context) => {
      const state = await context.state();
      const slices = [
        rpcSlice(context, shipOrder, state).slice,
        eventSlice(context, shipped, state).slice,
        consumerSlice(context, { topic: 'order.created', service: 'user' }, state).slice,
      ];
      return slices.map(async ({ id, version, files, edits }) => {
        const texts = files.map(async ({ path, text }) => [path, await state.format(path, text)]);
        const hash = hashOf(JSON.stringify([await Promise.all(texts), edits])).slice(0, 12);
        return [`${id}, version ${version}`, hash] as const;
      });
    });
    expect(Object.fromEntries(await Promise.all(made))).toEqual({
      'rpc order-service.ShipOrder, version 2': 'b7a4981f35ef',
      'event order.shipped, version 2': 'a713d3ee0d85',
      'consumer user-service.order.created, version 3': '4fe79a01e22e',
    });
  });

  it('says what to add where, when the place was moved', async () => {
    shop.edit('services/api-gateway/src/app.module.ts', (text) =>
      text.replace('class AppModule', 'class Shop'),
    );
    const { byHand } = await rpc(shipOrder);
    expect(byHand).toContain(
      'services/api-gateway/src/app.module.ts: add to providers of @Module of AppModule: ShipOrderResolver',
    );
    shop.edit('services/order-service/src/order/order.controller.ts', (text) =>
      text.replace(' implements proto.OrderService', ''),
    );
    const next = await rpc({ ...shipOrder, target: 'order.PackOrder' });
    expect(next.byHand).toContain(
      'services/order-service: implement PackOrder in the class that implements OrderService, which was not found',
    );
  });

  it('is removed with its service, which counts as unchanged until then', async () => {
    const request = { name: 'inventory', entity: 'StockItem', fields: 'sku:string!' };
    const service = () => shop.withContext((context) => generateService(context, request, writes));
    const before = shop.tree();
    await service();
    await rpc({ target: 'inventory.CountDown', input: 'stockItemId:id,by:int!', output: 'StockItem' });
    await event({ topic: 'stock-item.sold', service: 'inventory', fields: 'stockItemId:id' });
    const controller = 'services/inventory/src/stock-item/stock-item.controller.ts';
    const grown = shop.read(controller);
    rmSync(join(shop.root, 'services/inventory/README.md'));
    expect(await service()).toMatchObject({ changed: [], owned: ['services/inventory/README.md'] });
    expect(shop.read(controller)).toBe(grown);
    await destroy('service inventory');
    expect(shop.tree()).toEqual(before);
  });

  it.each<[RpcRequest, string, RegExp]>([
    [{ ...shipOrder, target: 'ordr.ShipOrder' }, 'UNKNOWN_SERVICE', /no service "ordr"/],
    [
      { ...shipOrder, target: 'order.CancelOrder' },
      'NAME_TAKEN',
      /RPC CancelOrder is taken by proto\/order.proto/,
    ],
    [{ ...shipOrder, target: 'ShipOrder' }, 'NAME_INVALID', /must have the form service.Method/],
    [{ ...shipOrder, output: 'Ordr' }, 'NAME_INVALID', /did you mean "Order"/],
    [{ ...shipOrder, input: 'price:money' }, 'FIELDS_INVALID', /cannot be money here/],
  ])('for %j is refused without changing the tree', async (request, code, message) => {
    const before = shop.tree();
    const error = await rpc(request).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(event({ ...shipped, fields: 'carrier:string' })).rejects.toMatchObject({
      code: 'FIELDS_INVALID',
    });
    await expect(event({ ...shipped, topic: 'Shipped' })).rejects.toMatchObject({ code: 'NAME_INVALID' });
    await expect(consumer('order.created', 'api-gateway')).rejects.toMatchObject({
      code: 'SERVICE_UNFIT',
      message: 'api-gateway is a graphql service, and this can only be generated into a grpc service',
    });
    await expect(consumer('order.creatd', 'user')).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC' });
    await expect(consumer('order.created', 'product')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(shop.tree()).toEqual(before);
  });
});
