import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../git/git.fixture.js';
import { ShopCopy } from '../../shop-copy.fixture.js';
import { breakingChanges } from './breaking-changes.js';
import { commit, commitAsMain } from './repository.fixture.js';

jest.setTimeout(60_000);

let shop: ShopCopy;
beforeEach(() => {
  shop = new ShopCopy();
});
afterEach(() => shop.remove());

const rules = async (ref?: string) =>
  (await breakingChanges(shop.system, { ref })).changes.map(({ rule }) => rule);

describe('changes to the contracts', () => {
  it('are compatible when they only add something', async () => {
    commitAsMain(shop);
    shop.edit('proto/user.proto', (proto) =>
      proto.replace('message User {', 'message User {\n  string nickname = 99;'),
    );
    shop.edit('proto/money.proto', (proto) => proto + '\nmessage Price { Money amount = 1; }\n');
    expect(await breakingChanges(shop.system)).toMatchObject({
      against: { ref: 'main', commit: gitIn(shop.root, 'rev-parse', 'main').trim() },
      changes: [],
      affected: [],
    });
  });

  it('that break RPCs are reported with their location and the services that serve, call and consume them', async () => {
    commitAsMain(shop);
    shop.edit('proto/user.proto', (proto) =>
      proto.replace(/^ {2}string email = (\d+);\n/m, '  int64 email = $1;\n'),
    );
    const { changes, affected } = await breakingChanges(shop.system);
    expect(changes[0]).toMatchObject({
      file: 'proto/user.proto',
      rule: 'FIELD_WIRE_JSON_COMPATIBLE_TYPE',
      text: expect.stringMatching(/^proto\/user\.proto:\d+:3 Field ".*" .*"email".*string.*int64/),
    });
    expect(changes[0]!.affects).toEqual([
      { service: 'user-service', because: ['serves it', 'publishes user.created', 'publishes user.updated'] },
      { service: 'api-gateway', because: ['calls user-service'] },
    ]);
    expect(affected).toEqual(['user-service', 'api-gateway']);
  });

  it('that break events are found in the same way', async () => {
    commitAsMain(shop);
    shop.edit('proto/order_events.proto', (proto) =>
      proto.replace(/message OrderStockDecided \{[^}]*\}/, 'message OrderStockDecided {\n  bool ok = 7;\n}'),
    );
    const { changes, affected } = await breakingChanges(shop.system);
    expect(new Set(changes.map(({ file }) => file))).toEqual(new Set(['proto/order_events.proto']));
    const [first] = changes;
    const because = Object.fromEntries(first!.affects.map((stake) => [stake.service, stake.because]));
    expect(because['product-service']).toContain('publishes order.stock.decided');
    expect(because['order-service']).toContain('consumes order.stock.decided');
    expect(because['api-gateway']).toEqual(['follows order.status.changed']);
    expect(affected).not.toContain('user-service');
  });

  it('include changes to topics: removed, with another message or with fewer partitions', async () => {
    commitAsMain(shop);
    shop.edit('msx.yaml', (model) =>
      model
        .replace(/^ {2}user\.updated:.*\n/m, '')
        .replace('[user.created, user.updated]', '[user.created]')
        .replace(/(order\.created: .*)OrderCreated/, '$1OrderStatusChanged')
        .replace(/(order\.stock\.decided: .*)partitions: 3/, '$1partitions: 1'),
    );
    const { changes } = await breakingChanges(shop.system);
    expect(changes.map(({ rule, affects }) => [rule, affects])).toEqual([
      ['TOPIC_NO_DELETE', [{ service: 'user-service', because: ['publishes user.updated'] }]],
      [
        'TOPIC_SAME_MESSAGE',
        [
          { service: 'product-service', because: ['consumes order.created'] },
          { service: 'order-service', because: ['publishes order.created'] },
        ],
      ],
      [
        'TOPIC_PARTITIONS_NO_DECREASE',
        [
          { service: 'product-service', because: ['publishes order.stock.decided'] },
          { service: 'order-service', because: ['consumes order.stock.decided'] },
        ],
      ],
    ]);
  });

  it('include a removed RPC, and a service removed with all its files', async () => {
    commitAsMain(shop);
    shop.edit('proto/order.proto', (proto) => proto.replace(/^ {2}rpc CancelOrder.*\n/m, ''));
    expect(await rules()).toContain('RPC_NO_DELETE');
    gitIn(shop.root, 'checkout', '--quiet', '.');
    for (const file of ['user.proto', 'user_events.proto']) rmSync(join(shop.root, 'proto', file));
    shop.edit('msx.yaml', (model) =>
      model
        .replace(/^ {2}user\..*\n/gm, '')
        .replace(/^auth:\n.*\n/m, '')
        .replace(/^ {2}user-service:\n( {4}.*\n)+/m, '')
        .replace('[user-service, product', '[product'),
    );
    const { changes } = await breakingChanges(shop.system);
    const gone = changes.find(({ rule }) => rule === 'PACKAGE_NO_DELETE')!;
    expect(gone.affects.map(({ service }) => service)).toEqual(['user-service', 'api-gateway']);
  });
});

describe('the baseline', () => {
  it('is any branch, tag or commit (default: main)', async () => {
    commitAsMain(shop);
    gitIn(shop.root, 'tag', 'v1');
    shop.edit('proto/user.proto', (proto) => proto.replace(/^ {2}rpc ListUsers.*\n/m, ''));
    expect(await rules('v1')).toEqual(['RPC_NO_DELETE']);
    commit(shop, 'no lists');
    expect(await rules()).toEqual([]);
    expect(await rules('HEAD~1')).toEqual(['RPC_NO_DELETE']);
    gitIn(shop.root, 'branch', '--move', 'trunk');
    await expect(breakingChanges(shop.system)).rejects.toMatchObject({
      code: 'REF_UNKNOWN',
      facts: { ref: 'main' },
    });
    await expect(breakingChanges(shop.system, { ref: 'trnk' })).rejects.toMatchObject({
      code: 'REF_UNKNOWN',
      suggestion: 'Did you mean "trunk"?',
    });
  });

  it('may be a revision with other folders', async () => {
    commitAsMain(shop);
    gitIn(shop.root, 'mv', 'proto', 'contracts');
    shop.edit('msx.yaml', (model) => `${model}\nproto: { folder: contracts }\n`);
    shop.edit('contracts/user.proto', (proto) => proto.replace(/^ {2}rpc ListUsers.*\n/m, ''));
    expect(await rules()).toEqual(['RPC_NO_DELETE']);
  });

  it("leaves the user's index and files unchanged", async () => {
    commitAsMain(shop);
    shop.write('README.md', 'staged\n');
    gitIn(shop.root, 'add', 'README.md');
    const before = gitIn(shop.root, 'status', '--porcelain');
    await rules();
    expect(gitIn(shop.root, 'status', '--porcelain')).toBe(before);
  });

  it('requires a git repository', async () => {
    await expect(breakingChanges(shop.system)).rejects.toMatchObject({ code: 'NO_REPOSITORY' });
  });

  it('sets the exit code and the JSON output of the command', async () => {
    commitAsMain(shop);
    const clean = await shop.msx(['proto', 'breaking']);
    expect([clean.exitCode, clean.stdout]).toEqual([0, 'no breaking changes since main']);
    shop.edit('proto/user.proto', (proto) => proto.replace(/^ {2}rpc ListUsers.*\n/m, ''));
    const broken = await shop.msx(['proto', 'breaking', '--against', 'main', '--json']);
    expect(broken.exitCode).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({
      error: { code: 'PROTO_BREAKING', details: { affected: ['user-service', 'api-gateway'] } },
    });
    const { stderr } = await shop.msx(['proto', 'breaking']);
    expect(stderr).toMatch(
      /RPC_NO_DELETE\)\n {2}user-service serves it, .*\n {2}api-gateway calls user-service/,
    );
  });
});
