import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { metadata } from './03-metadata.js';
import { createTopics } from './19-create-topics.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect } = brokers();

describe('CreateTopics', () => {
  it.each([
    ['a name with a space', { name: 'a b' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    ['a name that differs from another only in a dot', { name: 'in_use' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
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
  ])('creates none with %s', async (_, change, code) => {
    const client = await connect(await start());
    await createTopic(client, 'in.use');
    const topic = { name: 'new', numPartitions: 1, replicationFactor: 1, ...change };
    const answer = await client.call(createTopics, 7, { topics: [topic] });
    expect(answer.topics[0]!.errorCode).toBe(code);
    expect((await client.call(metadata, 12, { topics: null })).topics.map(({ name }) => name)).toEqual([
      'in.use',
    ]);
  });

  it('creates topics that stamp their records', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'message.timestamp.type': 'LogAppendTime' });
    expect((await send(client, 'a', { time: 1 })).logAppendTimeMs).toBeGreaterThan(1_600_000_000_000);
  });

  it('only validates with validateOnly', async () => {
    const client = await connect(await start());
    const topics = [{ name: 'a', numPartitions: 2, replicationFactor: 1 }];
    const answer = await client.call(createTopics, 7, { topics, validateOnly: true });
    expect(answer.topics).toMatchObject([{ errorCode: ErrorCode.NONE, numPartitions: 2 }]);
    expect((await client.call(metadata, 12, { topics: null })).topics).toEqual([]);
  });
});
