import { describe, expect, it } from '@jest/globals';
import { alterConfigs } from '../apis/33-alter-configs.js';
import { createTopics } from '../apis/19-create-topics.js';
import { createPartitions } from '../apis/37-create-partitions.js';
import { describeConfigs } from '../apis/32-describe-configs.js';
import { describeTopicPartitions } from '../apis/75-describe-topic-partitions.js';
import { incrementalAlterConfigs } from '../apis/44-incremental-alter-configs.js';
import { metadata } from '../apis/03-metadata.js';
import { offsetForLeaderEpoch } from '../apis/23-offset-for-leader-epoch.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

describe('topics', () => {
  it.each([
    ['a name with a space', { name: 'a b' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    ['a name that differs from another in a dot', { name: 'in_use' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    ['a name in use', { name: 'in.use' }, ErrorCode.TOPIC_ALREADY_EXISTS],
    ['no partitions', { numPartitions: 0 }, ErrorCode.INVALID_PARTITIONS],
    ['three replicas', { replicationFactor: 3 }, ErrorCode.INVALID_REPLICATION_FACTOR],
    ['an unknown setting', { configs: [{ name: 'x', value: '1' }] }, ErrorCode.INVALID_CONFIG],
    [
      'a setting of another type',
      { configs: [{ name: 'retention.ms', value: 'long' }] },
      ErrorCode.INVALID_CONFIG,
    ],
    [
      'replicas elsewhere',
      { numPartitions: -1, replicationFactor: -1, assignments: [{ brokerIds: [9] }] },
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
    ],
  ])('are not created with %s', async (_, change, code) => {
    const client = await connect(await start());
    await createTopic(client, 'in.use');
    const topic = { name: 'new', numPartitions: 1, replicationFactor: 1, ...change };
    const answer = await client.ask(createTopics, 7, { topics: [topic] });
    expect(answer.topics[0]!.errorCode).toBe(code);
    expect((await client.ask(metadata, 12, { topics: null })).topics.map(({ name }) => name)).toEqual([
      'in.use',
    ]);
  });

  it('are configured as a whole and one by one, and described', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'retention.ms': '1000' });
    const resource = { resourceType: 2, resourceName: 'a' };
    const set = async (): Promise<Record<string, string | null>> => {
      const [result] = (
        await client.ask(describeConfigs, 4, { resources: [{ ...resource, configurationKeys: null }] })
      ).results;
      return Object.fromEntries(
        result!.configs.filter((c) => c.configSource === 1).map((c) => [c.name, c.value]),
      );
    };
    expect(await set()).toEqual({ 'retention.ms': '1000' });
    const change = (name: string, configOperation: number, value: string | null) =>
      client.ask(incrementalAlterConfigs, 1, {
        resources: [{ ...resource, configs: [{ name, configOperation, value }] }],
      });
    await change('cleanup.policy', 2, 'compact');
    await change('retention.ms', 1, null);
    expect(await set()).toEqual({ 'cleanup.policy': 'delete,compact' });
    const wrong = await change('retention.bytes', 0, 'much');
    expect(wrong.responses[0]!.errorCode).toBe(ErrorCode.INVALID_CONFIG);
    await client.ask(alterConfigs, 2, {
      resources: [{ ...resource, configs: [{ name: 'segment.bytes', value: '1000' }] }],
    });
    expect(await set()).toEqual({ 'segment.bytes': '1000' });
  });

  it('stamp their records if they are told to', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'message.timestamp.type': 'LogAppendTime' });
    expect((await send(client, 'a', { time: 1 })).logAppendTimeMs).toBeGreaterThan(1_600_000_000_000);
  });

  it('are described a page at a time', async () => {
    const client = await connect(await start());
    for (const name of ['b', 'a']) {
      await createTopic(client, name);
      await client.ask(createPartitions, 3, { topics: [{ name, count: 3, assignments: null }] });
    }
    const seen: string[] = [];
    let cursor: { topicName: string; partitionIndex: number } | null = null;
    do {
      const page: Awaited<ReturnType<typeof ask>> = await ask(cursor);
      for (const { name, partitions } of page.topics)
        seen.push(...partitions.map(({ partitionIndex }) => `${name}${partitionIndex}`));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);

    function ask(from: typeof cursor) {
      return client.ask(describeTopicPartitions, 0, { responsePartitionLimit: 2, cursor: from });
    }
  });

  it('end their only epoch at the end of the log', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await send(client, 'a');
    const answer = await client.ask(offsetForLeaderEpoch, 4, {
      topics: [{ topic: 'a', partitions: [{ leaderEpoch: 0 }] }],
    });
    expect(answer.topics[0]!.partitions[0]).toMatchObject({ errorCode: 0, leaderEpoch: 0, endOffset: 1 });
  });
});
