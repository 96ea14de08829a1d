import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBroker } from './broker.fixture.js';
import { describeConsumerGroup } from './consumer-group-describe.js';
import { joinConsumerGroup } from './consumer-group-member.fixture.js';
import { withKafka } from './kafka-session.js';
import { listGroups } from './list-groups.js';
import type { KafkaNode } from './kafka-node.js';

describe('a group of the consumer protocol', () => {
  let broker: TestBroker;
  beforeAll(async () => {
    broker = await TestBroker.start();
    await withKafka(broker, async (session) => {
      await session.admin.createTopics({ topics: [{ topic: 'jobs', numPartitions: 3 }] });
      await joinConsumerGroup(session, 'workers', 'jobs');
      await session.admin.setOffsets({
        groupId: 'older',
        topic: 'jobs',
        partitions: [{ partition: 0, offset: '0' }],
      });
    });
  });
  afterAll(() => broker.stop());

  const coordinated = <T>(group: string, work: (node: KafkaNode) => Promise<T>) =>
    withKafka(broker, async ({ cluster }) => work(await cluster.findGroupCoordinator({ groupId: group })));

  it('has members, to which the broker assigns partitions', async () => {
    expect(await coordinated('workers', (node) => describeConsumerGroup(node, 'workers'))).toEqual({
      state: expect.stringMatching(/^(Stable|Reconciling)$/),
      assignor: 'uniform',
      members: [
        {
          id: expect.stringMatching(/./),
          client: 'msx',
          host: '/127.0.0.1',
          partitions: expect.any(Array),
        },
      ],
    });
  });

  it('is none of another protocol, or one that does not exist', async () => {
    expect(await coordinated('older', (node) => describeConsumerGroup(node, 'older'))).toBeUndefined();
    expect(await coordinated('nobody', (node) => describeConsumerGroup(node, 'nobody'))).toBeUndefined();
  });

  it('is listed with its protocol and state', async () => {
    expect(await withKafka(broker, listGroups)).toEqual([
      { group: 'older', protocolType: 'consumer', state: 'Empty', type: 'classic' },
      { group: 'workers', protocolType: 'consumer', state: expect.any(String), type: 'consumer' },
    ]);
  });

  it('is only a name to a Kafka that does not have the protocol', async () => {
    await withKafka(broker, async (session) => {
      const node = await session.cluster.findGroupCoordinator({ groupId: 'workers' });
      const { 69: _, 16: listing, ...versions } = node.versions;
      const older = Object.create(node, {
        versions: { value: { ...versions, 16: { ...listing, maxVersion: 4 } } },
      }) as KafkaNode;
      expect(await describeConsumerGroup(older, 'workers')).toBeUndefined();
      const cluster = Object.create(session.cluster, {
        findBroker: { value: () => Promise.resolve(older) },
      }) as typeof session.cluster;
      expect(await listGroups({ ...session, cluster })).toEqual([
        { group: 'older', protocolType: 'consumer' },
        { group: 'workers', protocolType: 'consumer' },
      ]);
    });
  });
});
