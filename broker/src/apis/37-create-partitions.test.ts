import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { metadata } from './03-metadata.js';
import { createPartitions } from './37-create-partitions.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('CreatePartitions', () => {
  it.each([
    ['a count that is not larger', { count: 1 }, ErrorCode.INVALID_PARTITIONS],
    ['a count above the limit', { count: 10_001 }, ErrorCode.POLICY_VIOLATION],
    ['another broker', { assignments: [{ brokerIds: [9] }] }, ErrorCode.INVALID_REPLICA_ASSIGNMENT],
    ['an unknown topic', { name: 'x' }, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['a validation only', { validateOnly: true }, ErrorCode.NONE],
  ])('leaves the topic as it is for %s', async (_, { validateOnly = false, ...change }: Change, code) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [{ name: 'a', count: 2, assignments: null, ...change }];
    const { results } = await client.call(createPartitions, 3, { topics, validateOnly });
    expect(results[0]!.errorCode).toBe(code);
    expect((await client.call(metadata, 12, { topics: null })).topics[0]!.partitions).toHaveLength(1);
  });

  it('adds partitions, also with assignments to this broker', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [{ name: 'a', count: 3, assignments: [{ brokerIds: [1] }, { brokerIds: [1] }] }];
    expect((await client.call(createPartitions, 3, { topics })).results[0]!.errorCode).toBe(ErrorCode.NONE);
    expect((await client.call(metadata, 12, { topics: null })).topics[0]!.partitions).toHaveLength(3);
  });
});

interface Change {
  readonly validateOnly?: boolean;
  readonly name?: string;
  readonly count?: number;
  readonly assignments?: { brokerIds: number[] }[];
}
