import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from '../shop-copy.fixture.js';
import { lintProblems } from './buf.js';
import { filesFor } from './contract-files.js';
import { generateStubs } from './generate-stubs.js';
import { staleStubs } from './stub-stamp.js';
import { watchContracts } from './watch-contracts.js';
import type { Service } from '../system/system.js';

jest.setTimeout(60_000);

const names = (services: Service[]) => services.map(({ name }) => name);

let shop: ShopCopy;
beforeEach(() => {
  shop = new ShopCopy();
});
afterEach(() => shop.remove());

const stubs = (service: string) => readdirSync(join(shop.root, 'services', service, 'src/gen')).sort();

describe('stubs', () => {
  it('are those of a service, of what it calls and of its events, with all that these import', async () => {
    expect(names(await generateStubs(shop.system))).toEqual(names(shop.system.services));
    expect(stubs('user-service')).toEqual([
      'descriptor.binpb',
      'google',
      'inputs.json',
      'user.ts',
      'user_events.ts',
    ]);
    expect(stubs('order-service')).toEqual([
      'descriptor.binpb',
      'google',
      'inputs.json',
      'money.ts',
      'order.ts',
      'order_events.ts',
    ]);
    expect(stubs('api-gateway')).toEqual([
      'descriptor.binpb',
      'google',
      'inputs.json',
      'money.ts',
      'order.ts',
      'order_events.ts',
      'product.ts',
      'product_events.ts',
      'user.ts',
    ]);
    const order = shop.read('services/order-service/src/gen/order.ts');
    expect(order).toContain('createdAt: Date | undefined');
    expect(order).toMatch(/export const OrderServiceService = \{/);
    expect(order).not.toMatch(/\bLong\b|protobufjs/);
    expect(shop.read('services/order-service/src/gen/descriptor.binpb')).toContain('shop.order.v1');
  });

  it('are left alone when nothing they are made from has changed, and made anew for those it concerns', async () => {
    const { system } = shop;
    await generateStubs(system);
    const made = statSync(join(shop.root, 'services/user-service/src/gen')).mtimeMs;
    expect(await generateStubs(system)).toEqual([]);
    shop.edit(
      'proto/order_events.proto',
      (proto) => proto + '\nmessage OrderSeen { string order_id = 1; }\n',
    );
    expect(names(staleStubs(system, system.services))).toEqual([
      'product-service',
      'order-service',
      'api-gateway',
    ]);
    expect(names(await generateStubs(system))).toEqual(['product-service', 'order-service', 'api-gateway']);
    expect(shop.read('services/order-service/src/gen/order_events.ts')).toContain(
      'export interface OrderSeen',
    );
    expect(statSync(join(shop.root, 'services/user-service/src/gen')).mtimeMs).toBe(made);
  });

  it('are made anew when the model gives a service another contract, or when one is gone', async () => {
    await generateStubs(shop.system);
    shop.edit('msx.yaml', (model) =>
      model.replace('file: users.db }', 'file: users.db }\n    calls: [order-service]'),
    );
    expect(names(staleStubs(shop.system, shop.system.services))).toEqual(['user-service']);
    await generateStubs(shop.system);
    expect(stubs('user-service')).toContain('order.ts');
    rmSync(join(shop.root, 'services/user-service/src/gen/order.ts'));
    expect(names(await generateStubs(shop.system))).toEqual(['user-service']);
  });

  it('stay as they were when a contract does not compile, which is told with its place', async () => {
    await generateStubs(shop.system);
    const before = shop.read('services/order-service/src/gen/order.ts');
    const lines = shop.read('proto/order.proto').split('\n').length;
    shop.edit('proto/order.proto', (proto) => proto + 'message {');
    await expect(generateStubs(shop.system)).rejects.toMatchObject({
      code: 'PROTO_INVALID',
      message: expect.stringContaining(`proto/order.proto:${lines}:1 missing name after \`message\``),
    });
    expect(shop.read('services/order-service/src/gen/order.ts')).toBe(before);
    expect(readdirSync(join(shop.root, '.msx'))).toEqual([]);
  });

  it('are refused for a topic whose message does not exist', async () => {
    shop.edit('msx.yaml', (model) =>
      model.replace('shop.order.v1.OrderCreated', 'shop.order.v1.OrderCreatd'),
    );
    await expect(generateStubs(shop.system)).rejects.toMatchObject({
      code: 'PROTO_INVALID',
      message:
        'msx.yaml topics["order.created"].message: no message "shop.order.v1.OrderCreatd"; did you mean "shop.order.v1.OrderCreated"?',
    });
    expect(existsSync(join(shop.root, 'services/order-service/src/gen'))).toBe(false);
  });

  it('are whole whoever makes them at the same time', async () => {
    const { system } = shop;
    await Promise.all([1, 2, 3].map(() => generateStubs(system)));
    expect(staleStubs(system, system.services)).toEqual([]);
    for (const name of names(system.services))
      expect(readdirSync(join(shop.root, 'services', name, 'src'))).toEqual(['gen', 'main.ts']);
  });

  it('follow the contracts while these are watched, through a mistake and back', async () => {
    const { system } = shop;
    const results = watchContracts(system, system.services);
    expect(await results.next()).toMatchObject({ value: { generated: system.services } });
    const proto = shop.read('proto/user.proto');
    let next = results.next();
    shop.write('proto/user.proto', proto + '\nmessage {');
    expect(await next).toMatchObject({ value: { error: { code: 'PROTO_INVALID' } } });
    next = results.next();
    shop.write('proto/user.proto', proto + '\nmessage Seen {}\n');
    let result = await next;
    // The mistake may be seen again in between: a save is more than one event.
    while (result.value && 'error' in result.value) result = await results.next();
    expect(names((result.value as { generated: Service[] }).generated)).toEqual([
      'user-service',
      'api-gateway',
    ]);
  });
});

describe('the rules of the contracts', () => {
  it('find nothing wrong with the shop, and say where something is', async () => {
    expect(await lintProblems(shop.system)).toEqual([]);
    shop.edit('proto/money.proto', (proto) => proto + '\nmessage bad_name {}\n');
    const [problem] = await lintProblems(shop.system);
    expect(problem).toMatchObject({ file: 'proto/money.proto', rule: 'MESSAGE_PASCAL_CASE' });
    shop.edit('proto/money.proto', (proto) => proto + 'message {');
    await expect(lintProblems(shop.system)).rejects.toMatchObject({ code: 'PROTO_INVALID' });
  });
});

describe('the files of a service', () => {
  it('are those it names and those with its messages, and what they import, once', () => {
    const all = [
      { name: 'a.proto', package: 'a', dependency: ['b.proto', 'c.proto'] },
      { name: 'b.proto', dependency: ['c.proto'] },
      { name: 'c.proto' },
      { name: 'events.proto', package: 'e.v1', messageType: [{ name: 'Happened' }], dependency: ['c.proto'] },
      { name: 'other.proto', package: 'o' },
    ];
    expect(filesFor({ files: ['a.proto'], messages: [] }, all)).toEqual(['a.proto', 'b.proto', 'c.proto']);
    expect(filesFor({ files: [], messages: ['e.v1.Happened'] }, all)).toEqual(['c.proto', 'events.proto']);
  });
});
