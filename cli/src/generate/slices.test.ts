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
import type { RpcWish } from './rpc/rpc-wish.js';

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

  const rpc = (wish: RpcWish) => shop.work((workshop) => generateRpc(workshop, wish, writes));
  const event = (wish: typeof shipped) => shop.work((workshop) => generateEvent(workshop, wish, writes));
  const consumer = (topic: string, service: string) =>
    shop.work((workshop) => generateConsumer(workshop, { topic, service }, writes));
  const destroy = (id: string) => shop.work((workshop) => destroySlice(workshop, id, writes));

  it('of an RPC goes from the contract to the gateway, once, and out again', async () => {
    const controller = 'services/order-service/src/order/order.controller.ts';
    shop.edit(controller, (text) => `// A person's own words.\n${text}`);
    const before = shop.tree();
    const made = await rpc(shipOrder);
    expect(made.byHand).toEqual([
      'services/order-service/src/order/ship-order.ts: say what ShipOrder does to the one that it finds',
    ]);
    expect(made.changed).toEqual([
      'proto/order.proto',
      'services/api-gateway/src/app.module.ts',
      'services/api-gateway/src/upstreams/shop.fixture.ts',
      controller,
    ]);
    expect(shop.read(controller)).toMatch(/^\/\/ A person's own words\.\n/);
    expect(shop.read(controller)).toContain('toMessage(await shipOrder(this.orders, request))');
    const after = shop.tree();
    expect(await rpc(shipOrder)).toMatchObject({ created: [], changed: [], byHand: [] });
    expect(shop.tree()).toEqual(after);
    await destroy('rpc order-service.ShipOrder');
    expect(shop.tree()).toEqual(before);
  });

  it('of an event and its consumer goes into contract, msx.yaml and module, and out again', async () => {
    const before = shop.tree();
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

  it('of one consumer of several leaves the service listening to the others', async () => {
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

  // What makes something else has to count up its version, or systems that exist would never get it.
  it('is of another version when it makes something else', async () => {
    const made = await shop.work(async (workshop) => {
      const ground = await workshop.ground();
      const slices = [
        rpcSlice(workshop, shipOrder, ground).slice,
        eventSlice(workshop, shipped, ground).slice,
        consumerSlice(workshop, { topic: 'order.created', service: 'user' }, ground).slice,
      ];
      return slices.map(({ id, version, files, edits }) => [
        `${id}, version ${version}`,
        hashOf(JSON.stringify([files, edits])).slice(0, 12),
      ]);
    });
    expect(Object.fromEntries(made)).toEqual({
      'rpc order-service.ShipOrder, version 1': '3875b1df39ed',
      'event order.shipped, version 1': '9af8d2a80825',
      'consumer user-service.order.created, version 2': 'a689bf6cb5e5',
    });
  });

  it('says what to add where, when a person has moved the place', async () => {
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
      'services/order-service: answer PackOrder in the class that implements OrderService, which was not found',
    );
  });

  it('goes with the service that it was generated into, which stays pristine until then', async () => {
    const wish = { name: 'inventory', entity: 'StockItem', fields: 'sku:string!' };
    const service = () => shop.work((workshop) => generateService(workshop, wish, writes));
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

  it.each<[RpcWish, string, RegExp]>([
    [{ ...shipOrder, target: 'ordr.ShipOrder' }, 'UNKNOWN_SERVICE', /no service "ordr"/],
    [
      { ...shipOrder, target: 'order.CancelOrder' },
      'NAME_TAKEN',
      /RPC CancelOrder is taken by proto\/order.proto/,
    ],
    [{ ...shipOrder, target: 'ShipOrder' }, 'NAME_INVALID', /not of the form service.Method/],
    [{ ...shipOrder, output: 'Ordr' }, 'NAME_INVALID', /did you mean "Order"/],
    [{ ...shipOrder, input: 'price:money' }, 'FIELDS_INVALID', /cannot be money here/],
  ])('of %j is refused, and the tree as it was', async (wish, code, message) => {
    const before = shop.tree();
    const error = await rpc(wish).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(event({ ...shipped, fields: 'carrier:string' })).rejects.toMatchObject({
      code: 'FIELDS_INVALID',
    });
    await expect(event({ ...shipped, topic: 'Shipped' })).rejects.toMatchObject({ code: 'NAME_INVALID' });
    await expect(consumer('order.creatd', 'user')).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC' });
    await expect(consumer('order.created', 'product')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(shop.tree()).toEqual(before);
  });
});
