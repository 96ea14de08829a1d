import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { metadata } from './03-metadata.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('Metadata', () => {
  it('creates a topic that is requested by name, if the client allows it', async () => {
    const client = await connect(await start({ defaultPartitions: 3 }));
    const query = async (name: string, allowAutoTopicCreation: boolean) =>
      (await client.call(metadata, 12, { topics: [{ name }], allowAutoTopicCreation })).topics[0]!;
    expect(await query('a', false)).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION });
    const created = await query('a', true);
    expect(created.partitions.map(({ partitionIndex, leaderId }) => [partitionIndex, leaderId])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(await query('a', false)).toEqual(created);
    const twice = await client.call(metadata, 9, { topics: [{ name: 'a' }, { name: 'a' }] });
    expect(twice.topics).toHaveLength(1);
    expect(await query('not a name', true)).toMatchObject({ errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION });
  });

  it('finds topics by id, and creates none', async () => {
    const client = await connect(await start());
    const topicId = await createTopic(client, 'a');
    const unknown = '0'.repeat(31) + '1';
    const { topics } = await client.call(metadata, 12, {
      topics: [
        { topicId, name: null },
        { topicId: unknown, name: null },
      ],
    });
    expect(topics).toMatchObject([
      { errorCode: ErrorCode.NONE, name: 'a', topicId },
      { errorCode: ErrorCode.UNKNOWN_TOPIC_ID, name: null, topicId: unknown },
    ]);
  });

  it.each([
    [0, []],
    [1, null],
    [13, null],
  ])('describes all topics in version %i', async (version, topics) => {
    const broker = await start();
    const client = await connect(broker);
    await createTopic(client, 'a');
    await createTopic(client, 'b');
    const answer = await client.call(metadata, version, { topics });
    expect(answer.topics.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(answer.brokers).toMatchObject([{ nodeId: 1, host: '127.0.0.1', port: broker.port }]);
    expect((await client.call(metadata, 1, { topics: [] })).topics).toEqual([]);
  });
});
