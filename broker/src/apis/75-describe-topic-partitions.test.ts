import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createPartitions } from './37-create-partitions.js';
import { describeTopicPartitions } from './75-describe-topic-partitions.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('DescribeTopicPartitions', () => {
  it('describes topics a page at a time', async () => {
    const client = await connect(await start());
    for (const name of ['b', 'a']) {
      await createTopic(client, name);
      await client.call(createPartitions, 3, { topics: [{ name, count: 3, assignments: null }] });
    }
    const seen: string[] = [];
    let cursor: { topicName: string; partitionIndex: number } | null = null;
    do {
      const page: Awaited<ReturnType<typeof query>> = await query(cursor);
      for (const { name, partitions } of page.topics)
        seen.push(...partitions.map(({ partitionIndex }) => `${name}${partitionIndex}`));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);

    function query(from: typeof cursor) {
      return client.call(describeTopicPartitions, 0, { responsePartitionLimit: 2, cursor: from });
    }
  });

  it('refuses a page that begins before the first partition', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const cursor = { topicName: 'a', partitionIndex: -1 };
    const { topics } = await client.call(describeTopicPartitions, 0, { topics: [{ name: 'a' }], cursor });
    expect(topics).toMatchObject([{ name: 'a', errorCode: ErrorCode.INVALID_REQUEST, partitions: [] }]);
  });

  it('reports an unknown topic', async () => {
    const client = await connect(await start());
    const { topics } = await client.call(describeTopicPartitions, 0, { topics: [{ name: 'x' }] });
    expect(topics).toMatchObject([{ name: 'x', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }]);
  });
});
