import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import kafkajs from 'kafkajs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brokerFile } from '../../installation.js';
import { ShopCopy } from '../../shop-copy.fixture.js';
import { withKafka } from '../kafka/kafka-session.js';
import { describeTopics } from './describe-topics.js';
import { lagOf } from './lag.js';

describe('the lag of a group', () => {
  const ranges = [
    { partition: 0, low: 10, high: 15 },
    { partition: 1, low: 0, high: 4 },
  ];

  it.each<[string, [number, number][], number]>([
    [
      'is 0 when everything is consumed',
      [
        [0, 15],
        [1, 4],
      ],
      0,
    ],
    [
      'is the number of messages after the committed offsets',
      [
        [0, 12],
        [1, 4],
      ],
      3,
    ],
    ['is everything in a partition without a committed offset', [[1, 1]], 8],
    [
      'does not count deleted messages',
      [
        [0, 3],
        [1, 4],
      ],
      5,
    ],
  ])('%s', (...[, committed, expected]) => expect(lagOf(ranges, new Map(committed))).toBe(expected));
});

describe('the topics of a broker', () => {
  let shop: ShopCopy;
  let address: string;
  let broker: ReturnType<typeof start>;

  const start = (port: number) =>
    execa(process.execPath, [
      brokerFile,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--data',
      join(shop.root, 'kafka'),
    ]);

  beforeAll(async () => {
    shop = new ShopCopy();
    await shop.msx(['topics', 'list']); // builds the broker if it is stale
    const port = await freePort();
    address = `127.0.0.1:${port}`;
    broker = start(port);
    await once(broker.stdout, 'data'); // its first line reports that it is listening
  });
  afterAll(async () => {
    broker.kill();
    await broker.catch(() => undefined);
    shop.remove();
  });

  it('are those that exist and those in msx.yaml, with their messages and the lag of each group', async () => {
    const kafka = new kafkajs.Kafka({ brokers: [address], logLevel: kafkajs.logLevel.NOTHING });
    const admin = kafka.admin();
    const producer = kafka.producer();
    await Promise.all([admin.connect(), producer.connect()]);
    const topics = [
      { topic: 'order.created', numPartitions: 2 },
      { topic: 'a.foreign', numPartitions: 1 },
    ];
    await admin.createTopics({ topics });
    const messages = [0, 0, 1, 1, 1].map((partition) => ({ partition, value: 'x' }));
    await producer.send({ topic: 'order.created', messages });
    const offsets = [
      { partition: 0, offset: '2' },
      { partition: 1, offset: '1' },
    ];
    await admin.setOffsets({ groupId: 'product-service', topic: 'order.created', partitions: offsets });
    await Promise.all([admin.disconnect(), producer.disconnect()]);

    const states = await withKafka({ address }, (session) => describeTopics(session, shop.system));
    const byName = new Map(states.map((state) => [state.topic, state]));
    expect(byName.get('order.created')).toEqual({
      topic: 'order.created',
      declared: true,
      exists: true,
      messages: 5,
      partitions: [
        { partition: 0, low: 0, high: 2 },
        { partition: 1, low: 0, high: 3 },
      ],
      groups: [{ group: 'product-service', lag: 2 }],
      drift: { topic: 'order.created', partitions: { declared: 3, actual: 2 }, configs: [] },
    });
    expect(byName.get('a.foreign')).toMatchObject({
      declared: false,
      exists: true,
      messages: 0,
      groups: [],
    });
    expect(byName.get('order.created.product-service.dlq')).toMatchObject({ declared: true, exists: false });
    expect(states.map(({ topic }) => topic)).toEqual([...byName.keys()].sort());
    const { stdout } = await shop.msx(['topics', 'list', '--broker', address]);
    expect(stdout).toMatch(/^order\.created +2 +5 +product-service \(2\)$/m);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
