import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { offsetFetch } from './09-offset-fetch.js';
import { join } from './consumer-member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('OffsetCommit', () => {
  it('commits the valid offsets of a request, and reports errors for the others', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const partitions = [
      { partitionIndex: 0, committedOffset: 7, committedMetadata: null },
      { partitionIndex: 1, committedOffset: 7 },
      { partitionIndex: 0, committedOffset: 8, committedMetadata: 'x'.repeat(4097) },
    ];
    const topics = ['a', 'nowhere'].map((name) => ({ name, partitions }));
    const answer = await client.call(offsetCommit, 7, { groupId: 'g', topics });
    const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    expect(answer.topics.map((topic) => topic.partitions.map(({ errorCode }) => errorCode))).toEqual([
      [ErrorCode.NONE, unknown, ErrorCode.INVALID_COMMIT_OFFSET_SIZE],
      [unknown, unknown, unknown],
    ]);
    const kept = await client.call(offsetFetch, 7, { groupId: 'g', topics: null });
    expect(kept.topics).toMatchObject([{ name: 'a', partitions: [{ committedOffset: 7, metadata: '' }] }]);
  });

  it('refuses offsets from a client that is not a member', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [{ name: 'a', partitions: [{ committedOffset: 7 }] }];
    const request = { groupId: 'g', memberId: 'nobody', generationIdOrMemberEpoch: 1, topics };
    const answer = await client.call(offsetCommit, 7, request);
    expect(answer.topics[0]!.partitions[0]!.errorCode).not.toBe(ErrorCode.NONE);
    expect((await client.call(offsetFetch, 7, { groupId: 'g', topics: null })).topics).toEqual([]);
  });

  it.each([
    ['in their epoch', { version: 9, memberId: 'm', generationIdOrMemberEpoch: 2 }, ErrorCode.NONE],
    [
      'with an old epoch',
      { version: 9, memberId: 'm', generationIdOrMemberEpoch: 1 },
      ErrorCode.STALE_MEMBER_EPOCH,
    ],
    [
      'with an old version',
      { version: 8, memberId: 'm', generationIdOrMemberEpoch: 2 },
      ErrorCode.UNSUPPORTED_VERSION,
    ],
    [
      'that are gone',
      { version: 9, memberId: 'x', generationIdOrMemberEpoch: 2 },
      ErrorCode.UNKNOWN_MEMBER_ID,
    ],
    ['of no group', { version: 9, groupId: 'x', generationIdOrMemberEpoch: 2 }, ErrorCode.GROUP_ID_NOT_FOUND],
    [
      'of no group, before',
      { version: 8, groupId: 'x', generationIdOrMemberEpoch: 2 },
      ErrorCode.ILLEGAL_GENERATION,
    ],
  ])('judges members of the consumer protocol %s', async (_, { version, ...identity }, code) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await join(client);
    const topics = [{ name: 'a', partitions: [{ committedOffset: 7 }] }];
    const answer = await client.call(offsetCommit, version, { groupId: 'g', ...identity, topics });
    expect(answer.topics[0]!.partitions[0]!.errorCode).toBe(code);
  });

  it('refuses longer metadata than the broker allows', async () => {
    const client = await connect(await start({ settings: { 'offset.metadata.max.bytes': '3' } }));
    await createTopic(client, 'a');
    const code = async (committedMetadata: string): Promise<number> => {
      const topics = [{ name: 'a', partitions: [{ committedOffset: 1, committedMetadata }] }];
      const answer = await client.call(offsetCommit, 7, { groupId: 'g', topics });
      return answer.topics[0]!.partitions[0]!.errorCode;
    };
    expect(await code('abc')).toBe(ErrorCode.NONE);
    expect(await code('abcd')).toBe(ErrorCode.INVALID_COMMIT_OFFSET_SIZE);
  });
});
