import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { offsetFetch } from './09-offset-fetch.js';
import { join } from './consumer-member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('OffsetFetch', () => {
  it('returns the offsets of several groups, and -1 where nothing was committed', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    for (const [groupId, committedOffset] of [['g', 3] as const, ['h', 4] as const])
      await client.call(offsetCommit, 7, {
        groupId,
        topics: [{ name: 'a', partitions: [{ committedOffset, committedLeaderEpoch: 0 }] }],
      });
    const topics = [{ name: 'a', partitionIndexes: [0, 5] }];
    const { groups } = await client.call(offsetFetch, 8, {
      groups: ['g', 'h', 'none'].map((groupId) => ({ groupId, topics })),
    });
    expect(
      groups.map(({ groupId, topics: [topic] }) => [
        groupId,
        ...topic!.partitions.map(({ committedOffset }) => committedOffset),
      ]),
    ).toEqual([
      ['g', 3, -1],
      ['h', 4, -1],
      ['none', -1, -1],
    ]);
  });

  it('reports an unknown topic id', async () => {
    const client = await connect(await start());
    const topics = [{ topicId: '0'.repeat(31) + '1', partitionIndexes: [0] }];
    const { groups } = await client.call(offsetFetch, 10, { groups: [{ groupId: 'g', topics }] });
    expect(groups[0]!.topics[0]!.partitions).toMatchObject([
      { committedOffset: -1, errorCode: ErrorCode.UNKNOWN_TOPIC_ID },
    ]);
  });

  it('tells a member of the consumer protocol that its epoch is out of date', async () => {
    const client = await connect(await start());
    await join(client);
    const groups = [
      { groupId: 'g', memberId: 'm', memberEpoch: 2 },
      { groupId: 'g', memberId: 'm', memberEpoch: 1 },
      { groupId: 'g', memberId: 'x', memberEpoch: 2 },
      { groupId: 'g' },
    ].map((group) => ({ ...group, topics: null }));
    const answer = await client.call(offsetFetch, 9, { groups });
    expect(answer.groups.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.NONE,
      ErrorCode.STALE_MEMBER_EPOCH,
      ErrorCode.UNKNOWN_MEMBER_ID,
      ErrorCode.NONE,
    ]);
  });
});
