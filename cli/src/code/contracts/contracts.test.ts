import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from '../../shop-copy.fixture.js';
import { lintContracts } from './lint-contracts.js';
import { filesFor } from './contract-files.js';
import { eventCatalogue } from './event-catalogue.js';
import { unformattedContracts, writeFormatted } from './format-contracts.js';
import { generateStubs } from './generate-stubs.js';
import { staleStubs } from './stub-stamp.js';
import { SAVES } from '../../running/watching/saves.fixture.js';
import { watchContracts } from './watch-contracts.js';
import type { Service } from '../../model/system/system.js';

const names = (services: Service[]) => services.map(({ name }) => name);

let shop: ShopCopy;
beforeEach(() => {
  shop = new ShopCopy();
});
afterEach(() => shop.remove());

const stubs = (service: string) => readdirSync(join(shop.root, 'services', service, 'src/gen')).sort();

describe('stubs', () => {
  it('cover the contracts of a service, of the services it calls and of its events, with all imports', async () => {
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
      'product.ts',
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

  it('are kept when their inputs have not changed, and regenerated for the affected services', async () => {
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

  it('are regenerated when the model adds a contract to a service, or when a stub is missing', async () => {
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

  it('are regenerated when a stub was changed by a merge or an editor', async () => {
    await generateStubs(shop.system);
    const stub = 'services/user-service/src/gen/user.ts';
    const made = shop.read(stub);
    shop.edit(stub, (text) => text.replace('UserService', 'OtherService'));
    expect(names(await generateStubs(shop.system))).toEqual(['user-service']);
    expect(shop.read(stub)).toBe(made);
  });

  it('do not change when a contract does not compile, and the error has its location', async () => {
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

  it('are generated with the options of msx.yaml, and again when these change', async () => {
    await generateStubs(shop.system);
    shop.edit('msx.yaml', (model) => `${model}\nproto: { options: [useDate=false, comments=false] }\n`);
    expect(names(await generateStubs(shop.system))).toEqual(names(shop.system.services));
    const order = shop.read('services/order-service/src/gen/order.ts');
    expect(order).toContain('createdAt: Timestamp | undefined');
    expect(order).toMatch(/export const OrderServiceService = \{/);
    shop.edit('msx.yaml', (model) => model.replace('useDate=', 'useDates='));
    await expect(generateStubs(shop.system)).rejects.toMatchObject({
      code: 'PROTO_INVALID',
      message: 'msx.yaml proto.options[0]: ts-proto has no option "useDates"; did you mean "useDate"?',
    });
    shop.edit('msx.yaml', (model) => model.replace('useDates=false', 'useDate'));
    expect(() => shop.system).toThrow('"useDate" is not an option like useOptionals=messages');
  });

  it('are complete when several processes generate them at the same time', async () => {
    const { system } = shop;
    await Promise.all([1, 2, 3].map(() => generateStubs(system)));
    expect(staleStubs(system, system.services)).toEqual([]);
    for (const name of names(system.services))
      expect(readdirSync(join(shop.root, 'services', name, 'src'))).toEqual(['gen', 'main.ts']);
  });

  it('follow the contracts in watch mode, also after a syntax error', async () => {
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
    // The error may be reported more than once: a save is more than one event.
    while (result.value && 'error' in result.value) result = await results.next();
    expect(names((result.value as { generated: Service[] }).generated)).toEqual([
      'user-service',
      'api-gateway',
    ]);
  });
});

describe('watched contracts', () => {
  it.each(Object.entries(SAVES).filter(([way]) => /rename|mv|vim/.test(way)))(
    'are regenerated on every save %s',
    async (_, save) => {
      shop.edit('proto/user.proto', (proto) => `${proto}\n// save 0\n`);
      const { system } = shop;
      const results = watchContracts(system, system.services);
      expect(await results.next()).toMatchObject({ value: { generated: system.services } });
      for (let round = 0; round < 2; round++) {
        const next = results.next();
        save(join(shop.root, 'proto/user.proto'));
        expect(names(((await next).value as { generated: Service[] }).generated)).toContain('user-service');
      }
      await results.return(undefined);
    },
  );
});

describe('linting the contracts', () => {
  it('finds no problem in the shop, and reports the location of one', async () => {
    expect(await lintContracts(shop.system)).toEqual([]);
    shop.edit('proto/money.proto', (proto) => proto + '\nmessage bad_name {}\n');
    const [problem] = await lintContracts(shop.system);
    expect(problem).toMatchObject({ file: 'proto/money.proto', rule: 'MESSAGE_PASCAL_CASE' });
    shop.edit('proto/money.proto', (proto) => proto + 'message {');
    await expect(lintContracts(shop.system)).rejects.toMatchObject({ code: 'PROTO_INVALID' });
  });
});

describe('the formatting of the contracts', () => {
  it('is that of buf, and does not change the contract', async () => {
    expect(await unformattedContracts(shop.system)).toEqual([]);
    const proto = shop.read('proto/user.proto');
    shop.edit('proto/user.proto', () => proto.replace(/^ {2}/gm, '      ').replaceAll(' = ', '='));
    const untidy = shop.read('proto/user.proto');
    const check = await shop.msx(['proto', 'format', '--check', '--json']);
    expect(JSON.parse(check.stdout)).toMatchObject({
      error: { code: 'PROTO_UNFORMATTED', details: { files: ['proto/user.proto'] } },
    });
    expect([check.exitCode, shop.read('proto/user.proto')]).toEqual([1, untidy]);
    writeFormatted(shop.system, await unformattedContracts(shop.system));
    expect(shop.read('proto/user.proto')).toBe(proto);
    expect(readdirSync(join(shop.root, 'proto')).filter((file) => !/\.(proto|yaml)$/.test(file))).toEqual([]);
  });

  it('keeps line endings and the byte order mark', async () => {
    const windows = (proto: string) => `\uFEFF${proto.replaceAll('\n', '\r\n')}`;
    const proto = shop.read('proto/user.proto');
    shop.edit('proto/user.proto', windows);
    expect(await unformattedContracts(shop.system)).toEqual([]);
    shop.edit('proto/user.proto', (text) => text.replaceAll(' = ', '='));
    writeFormatted(shop.system, await unformattedContracts(shop.system));
    expect(shop.read('proto/user.proto')).toBe(windows(proto));
  });

  it('does not change when a file cannot be parsed, and the error has its location', async () => {
    shop.edit('proto/money.proto', (proto) => proto + 'message {');
    shop.edit('proto/user.proto', (proto) => proto + '\n\n\n');
    const untidy = shop.read('proto/user.proto');
    const run = await shop.msx(['proto', 'format']);
    expect(run.stderr).toMatch(/PROTO_INVALID\nproto\/money\.proto:\d+:1 missing name after `message`/);
    expect([run.exitCode, shop.read('proto/user.proto')]).toEqual([2, untidy]);
  });
});

describe('the event catalogue', () => {
  it('lists the message, the producers and the consumers of each topic', async () => {
    const events = await eventCatalogue(shop.system);
    expect(events.map(({ topic }) => topic)).toEqual(shop.system.topics.map(({ name }) => name));
    expect(events.find(({ topic }) => topic === 'order.status.changed')).toMatchObject({
      message: 'shop.order.v1.OrderStatusChanged',
      file: 'order_events.proto',
      partitions: 3,
      producers: ['order-service'],
      consumers: ['product-service'],
      followers: ['api-gateway'],
      deadLetterTopics: ['order.status.changed.product-service.dlq'],
    });
    const created = events.find(({ topic }) => topic === 'user.created')!;
    expect(created.fields).toEqual([{ name: 'user', number: 1, type: 'shop.user.v1.User' }]);
  });

  it('supports lists, maps and enums', async () => {
    shop.edit('proto/user_events.proto', (proto) =>
      proto.replace(
        'message UserCreated {',
        'enum Way { WAY_UNSPECIFIED = 0; }\nmessage UserCreated {\n repeated string tags = 2;\n map<string, int64> counts = 3;\n Way way = 4;\n',
      ),
    );
    const [created] = await eventCatalogue(shop.system);
    expect(created!.fields.map(({ name, type }) => [name, type])).toEqual([
      ['tags', 'string[]'],
      ['counts', 'map<string, int64>'],
      ['way', 'shop.user.v1.Way'],
      ['user', 'shop.user.v1.User'],
    ]);
  });

  it('is printed as a table, by topic, and as JSON', async () => {
    const table = await shop.msx(['events', 'list']);
    expect(table.stdout).toMatch(/^TOPIC +MESSAGE +PRODUCERS +CONSUMERS +FOLLOWERS\nuser\.created +shop\./);
    const one = await shop.msx(['events', 'list', 'order.created']);
    expect(one.stdout).toMatch(/^order\.created .*\n {2}order = 1 {2}shop\.order\.v1\.Order\n/);
    const json = await shop.msx(['events', 'list', 'order.created', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ events: [{ topic: 'order.created' }] });
    const unknown = await shop.msx(['events', 'list', 'order.creatd']);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('"order.created"?')]);
  });
});

describe('the contract files of a service', () => {
  it('are the files it names, those with its messages, and their imports, without duplicates', () => {
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
