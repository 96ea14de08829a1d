import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { Kafka, logLevel } from 'kafkajs';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBroker } from '../inspection/kafka/broker.fixture.js';
import { joinConsumerGroup } from '../inspection/kafka/consumer-group-member.fixture.js';
import { withKafka } from '../inspection/kafka/kafka-session.js';
import { ShopCopy, msx } from '../shop-copy.fixture.js';

jest.setTimeout(60_000);

let folder: string;
let broker: TestBroker;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'msx-kafka-commands-'));
  await run(['topics', '--help']); // builds the broker if it is stale
  broker = await TestBroker.start();
});
afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true });
});

/** A run outside of any system. */
const run = (
  args: readonly string[],
  options: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
) => {
  const { input, env, cwd = folder } = options;
  return execa(process.execPath, [msx, ...args], {
    ...{ cwd, reject: false, timeout: 30_000, input: input ?? '' },
    env: { NODE_OPTIONS: '', NODE_ENV: '', KAFKA_BROKERS: broker?.address ?? '', ...env },
  });
};
const json = async (...args: string[]) => JSON.parse((await run([...args, '--json'])).stdout) as never;

describe('msx topics, on any Kafka', () => {
  it('create, alter, describe and delete a topic', async () => {
    const created = [
      'topics',
      'create',
      'life',
      '-p',
      '2',
      '-c',
      'retention.ms=60000',
      '-c',
      'max.message.bytes=5000',
    ];
    expect(await run(created)).toMatchObject({ exitCode: 0, stdout: 'created life, partitions: 2' });
    expect(await json('topics', 'create', 'life')).toMatchObject({ error: { code: 'KAFKA_REFUSED' } });
    const mistyped = await run(['topics', 'alter', 'life', '-c', 'segment.bytes=-5']);
    expect(mistyped.stderr.split('\n')).toEqual([
      `error KAFKA_REFUSED: Kafka at ${broker.address} refused to change the settings of life: Invalid value -5 for configuration segment.bytes: Value must be at least 1048576 (INVALID_CONFIG)`,
      '→ What each setting allows: https://kafka.apache.org/documentation/#topicconfigs_segment.bytes',
    ]);
    const altered = await run([
      'topics',
      'alter',
      'life',
      '-p',
      '3',
      '--unset',
      'retention.ms',
      '-c',
      'segment.ms=90000',
    ]);
    expect(altered).toMatchObject({ exitCode: 0, stdout: 'altered life' });
    expect(await json('topics', 'describe', 'life')).toMatchObject({
      topic: 'life',
      partitions: [{ partition: 0 }, { partition: 1 }, { partition: 2, low: 0, high: 0, replicas: [1] }],
      configs: { 'max.message.bytes': '5000', 'segment.ms': '90000' },
    });
    expect(await json('topics', 'alter', 'life', '-p', '1')).toMatchObject({ error: { code: 'USAGE' } });
    expect(await json('topics', 'delete', 'life')).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } });
    expect(await run(['topics', 'delete', 'life', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: 'deleted life',
    });
    expect(await json('topics', 'describe', 'lif')).toMatchObject({ error: { code: 'TOPIC_MISSING' } });
  });

  it('write and read records', async () => {
    await run(['topics', 'create', 'records', '-p', '1']);
    const lines = Array.from({ length: 1200 }, (_, n) => `line ${n}`);
    const written = await run(['topics', 'produce', 'records', '--header', 'from=a=b'], {
      input: lines.join('\n'),
    });
    expect(written.stdout).toBe('wrote 1200 to records, from 0:0');
    await run(['topics', 'produce', 'records', '--key', 'k', '--tombstone']);

    const read = async (...args: string[]) =>
      (await run(['topics', 'tail', 'records', '--json', ...args])).stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { offset: number; value: unknown; headers: object; key: unknown });
    expect((await read('-n', '3')).map(({ value }) => value)).toEqual(['line 1198', 'line 1199', null]);
    expect((await read('--from', 'beginning')).map(({ offset }) => offset)).toEqual(
      Array.from({ length: 1201 }, (_, n) => n),
    );
    expect(await read('--from', '1100', '-n', '1')).toMatchObject([
      { offset: 1100, value: 'line 1100', key: null, headers: { from: 'a=b' } },
    ]);
    expect(await read('--from', 'end')).toEqual([]);
    expect(await read('--from', '1h', '-n', '2')).toHaveLength(2);
    const outside = await run(['topics', 'produce', 'records', 'x', '--partition', '1']);
    expect(outside).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('has no partition 1') });
  });

  it('follow a topic until Ctrl-C, without a consumer group', async () => {
    await run(['topics', 'create', 'followed', '-p', '3']);
    const tail = run(['topics', 'tail', 'followed', '-f', '-n', '0', '--json']);
    const received = once(tail.stdout, 'data');
    // Records may come before the tail has found the end of the topic, so there is one until one is seen.
    let seen = false;
    void received.then(() => (seen = true));
    while (!seen) await run(['topics', 'produce', 'followed', '{"n":1}']);
    expect(JSON.parse(String(((await received) as [Buffer])[0]).split('\n')[0]!)).toMatchObject({
      value: { n: 1 },
    });
    expect(await json('groups', 'list')).toEqual({ groups: [] });
    tail.kill('SIGINT');
    expect(await tail).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('msx groups, on any Kafka', () => {
  it('describe, reset and delete a group, unless it has members', async () => {
    await run(['topics', 'create', 'jobs', '-p', '2']);
    await run(['topics', 'produce', 'jobs', '--partition', '0'], { input: '1\n2\n3\n' });
    const kafka = new Kafka({ clientId: 'worker', brokers: [broker.address], logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: 'workers' });
    await consumer.connect();
    await consumer.subscribe({ topics: ['jobs'], fromBeginning: true });
    const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve));
    await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
    await joined;
    expect(await json('groups', 'describe', 'workers')).toMatchObject({
      ...{ group: 'workers', type: 'classic', state: 'Stable', members: 1, lag: 3 },
      memberList: [{ client: 'worker', partitions: ['jobs/0', 'jobs/1'] }],
      partitions: [
        { topic: 'jobs', partition: 0, low: 0, high: 3, lag: 3, client: 'worker' },
        { topic: 'jobs', partition: 1, lag: 0, client: 'worker' },
      ],
    });
    const active = { error: { code: 'GROUP_ACTIVE', exitCode: 1 } };
    expect(
      await json('groups', 'reset', 'workers', '--topic', 'jobs', '--to', 'latest', '--yes'),
    ).toMatchObject(active);
    expect(await json('groups', 'delete', 'workers', '--yes')).toMatchObject(active);
    await consumer.disconnect();

    const reset = (...args: string[]) => json('groups', 'reset', 'workers', ...args);
    expect(await reset('--topic', 'jobs', '--to', '2', '--dry-run')).toMatchObject({
      changes: [
        { topic: 'jobs', partition: 0, to: 2 },
        { topic: 'jobs', partition: 1, to: 0 },
      ],
      reset: false,
    });
    expect(await reset('--topic', 'jobs', '--to', '2', '--yes')).toMatchObject({ reset: true });
    expect(await reset('--shift', '-1', '--yes')).toMatchObject({
      changes: [{ partition: 0, from: 2, to: 1 }],
      reset: true,
    });
    expect(await json('groups', 'list')).toMatchObject({
      groups: [{ group: 'workers', state: 'Empty', lag: 2 }],
    });
    expect(await reset('--to', 'latest')).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } });
    expect(await run(['groups', 'delete', 'workers', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await json('groups', 'describe', 'workers')).toMatchObject({ error: { code: 'GROUP_MISSING' } });
  });
});

describe('msx groups, of the consumer protocol', () => {
  it('show members to which the broker assigns partitions, as of any other group', async () => {
    await run(['topics', 'create', 'letters', '-p', '2']);
    await run(['topics', 'produce', 'letters', '--partition', '1'], { input: '1\n2\n' });
    await withKafka(broker, (session) => joinConsumerGroup(session, 'postmen', 'letters'));
    expect(await json('groups', 'describe', 'postmen')).toMatchObject({
      ...{ group: 'postmen', type: 'consumer', protocolType: 'consumer', protocol: 'uniform', members: 1 },
      ...{ lag: 2, memberList: [{ client: 'msx', host: '127.0.0.1' }] },
    });
    expect(await json('groups', 'list')).toMatchObject({
      groups: expect.arrayContaining([
        expect.objectContaining({ group: 'postmen', type: 'consumer', members: 1 }),
      ]),
    });
    expect(await json('groups', 'delete', 'postmen', '--yes')).toMatchObject({
      error: { code: 'GROUP_ACTIVE' },
    });
  });
});

describe('msx topics, in a system', () => {
  let shop: ShopCopy;
  beforeAll(() => {
    shop = new ShopCopy();
    shop.edit('msx.yaml', (text) =>
      text.replace(
        'OrderCreated, partitions: 3 }',
        'OrderCreated, partitions: 3, configs: { cleanup.policy: compact } }',
      ),
    );
  });
  afterAll(() => shop.remove());
  const inShop = (...args: string[]) => run(args, { cwd: shop.root });

  it('tell drift from msx.yaml, and apply what can be changed', async () => {
    await inShop('topics', 'create', 'order.created', '-p', '1');
    await inShop('topics', 'create', 'user.created', '-p', '5');
    const { stdout: listed } = await inShop('topics', 'list');
    expect(listed).toContain(
      'order.created: 1 partition instead of 3, cleanup.policy delete instead of compact',
    );
    expect(listed).toContain('user.created: 5 partitions instead of 3');
    const dry = await inShop('topics', 'apply', '--dry-run');
    expect(dry.stdout).toMatch(/^order\.created +change +1 partition/m);
    expect(dry.stdout).toMatch(/^user\.created +cannot /m);
    expect(dry.stdout).toMatch(/^order\.created\.product-service\.dlq +create +partitions 1$/m);
    expect(await inShop('topics', 'apply', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await json('topics', 'describe', 'order.created')).toMatchObject({
      partitions: [{}, {}, {}],
      configs: { 'cleanup.policy': 'compact' },
    });
    const again = JSON.parse((await inShop('topics', 'apply', '--json')).stdout) as object;
    expect(again).toMatchObject({
      create: [],
      alter: [],
      impossible: [{ topic: 'user.created' }],
      applied: false,
    });
  });

  it('check values by the contract of the topic', async () => {
    await inShop('proto', 'gen');
    await inShop('topics', 'create', 'user.updated');
    const wrong = await inShop('topics', 'produce', 'user.updated', '{"usr": {}}', '--json');
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      error: {
        code: 'EVENT_INVALID',
        details: { reason: 'key "usr" is unknown', message: 'shop.user.v1.UserUpdated' },
      },
    });
    expect(await inShop('topics', 'produce', 'user.updated', '{}')).toMatchObject({ exitCode: 0 });
    expect(await inShop('topics', 'produce', 'user.updated', '[1]', '--force')).toMatchObject({
      exitCode: 0,
    });
    const { stdout } = await inShop('topics', 'tail', 'user.updated');
    expect(stdout.match(/not a valid shop\.user\.v1\.UserUpdated: it is not a JSON object/g)).toHaveLength(1);
  });
});

describe('msx broker, without a system', () => {
  it('start runs a broker until it is told to stop, and status describes it', async () => {
    const started = run(['broker', 'start', '--port', '0', '--', '--default-partitions', '4']);
    const [line] = (await once(started.stdout, 'data')) as [Buffer];
    const { port } = JSON.parse(String(line)) as { port: number };
    const brokers = `127.0.0.1:${port}`;
    await run(['topics', 'create', 'here', '--brokers', brokers]);
    expect(await json('broker', 'status', '--brokers', brokers)).toMatchObject({
      ...{ address: brokers, topics: 1, partitions: 4, messages: 0, groups: 0 },
      ...{ nodes: [`1@127.0.0.1:${port}`], process: { pid: expect.any(Number), memory: expect.any(Number) } },
    });
    const second = await run(['broker', 'start', '--port', String(port), '--json']);
    expect(JSON.parse(second.stdout)).toMatchObject({
      error: { code: 'BROKER_FAILED', details: { code: 'PORT_IN_USE' } },
    });
    started.kill('SIGTERM');
    expect(await started).toMatchObject({ exitCode: 0 });
    expect(await json('broker', 'status', '--brokers', brokers)).toMatchObject({
      error: { code: 'KAFKA_UNREACHABLE' },
    });
  });
});
