import { describe, expect, it } from '@jest/globals';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { offsetFetch } from './09-offset-fetch.js';
import { joinGroup } from './11-join-group.js';
import { syncGroup } from './14-sync-group.js';
import { offsetDelete } from './47-offset-delete.js';
import { join } from './consumer-member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

const commit = async (client: WireClient, identity = {}): Promise<void> => {
  const topics = ['a', 'b'].map((name) => ({ name, partitions: [{ committedOffset: 5 }] }));
  const answer = await client.call(offsetCommit, 9, { groupId: 'g', topics, ...identity });
  expect(answer.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))).toEqual([
    0, 0,
  ]);
};

const remove = (client: WireClient, groupId = 'g') =>
  client.call(offsetDelete, 0, {
    groupId,
    topics: [
      { name: 'a', partitions: [{}] },
      { name: 'b', partitions: [{}, { partitionIndex: 7 }] },
      { name: 'nope', partitions: [{}] },
    ],
  });

const codesOf = ({ topics }: Awaited<ReturnType<typeof remove>>) =>
  topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode));

const left = async (client: WireClient): Promise<string[]> => {
  const { groups } = await client.call(offsetFetch, 9, { groups: [{ groupId: 'g', topics: null }] });
  return groups[0]!.topics.map(({ name }) => name);
};

const topicsOf = async (client: WireClient): Promise<void> => {
  await createTopic(client, 'a');
  await createTopic(client, 'b');
};

/** Of version 0, to the topic `a`. */
const SUBSCRIPTION = '0000000000010001610000000000000000';
/** Of version 1, without the partitions that this version has. */
const UNREADABLE = '000100000001000161ffffffff';

/** A classic member whose subscription names the topic `a`. */
const joinClassic = async (client: WireClient, protocolType: string, subscription = SUBSCRIPTION) => {
  const metadata = Buffer.from(subscription, 'hex');
  const member = await client.call(joinGroup, 3, {
    groupId: 'g',
    sessionTimeoutMs: 60_000,
    protocolType,
    protocols: [{ name: 'range', metadata }],
  });
  const { memberId, generationId } = member;
  await client.call(syncGroup, 3, { groupId: 'g', memberId, generationId, assignments: [] });
  return { memberId, generationIdOrMemberEpoch: generationId };
};

describe('OffsetDelete', () => {
  it('deletes offsets of a group without members', async () => {
    const client = await connect(await start());
    await topicsOf(client);
    await commit(client);
    expect(codesOf(await remove(client))).toEqual([
      [ErrorCode.NONE],
      [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ]);
    expect(await left(client)).toEqual([]);
  });

  it.each([
    ['classic', (client: WireClient) => joinClassic(client, 'consumer')],
    [
      'consumer',
      async (client: WireClient) => {
        const { memberId, memberEpoch } = await join(client);
        return { memberId: memberId!, generationIdOrMemberEpoch: memberEpoch };
      },
    ],
  ])('keeps the offsets of topics that members of a %s group subscribe to', async (_, joined) => {
    const client = await connect(await start());
    await topicsOf(client);
    await commit(client, await joined(client));
    expect(codesOf(await remove(client))[0]).toEqual([ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC]);
    expect(await left(client)).toEqual(['a']);
  });

  it('refuses groups that do not exist, and those with members that are not consumers', async () => {
    const client = await connect(await start());
    await topicsOf(client);
    expect((await remove(client, 'nope')).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    expect((await remove(client, '')).errorCode).toBe(ErrorCode.INVALID_GROUP_ID);
    await commit(client, await joinClassic(client, 'connect'));
    expect((await remove(client)).errorCode).toBe(ErrorCode.NON_EMPTY_GROUP);
    expect(await left(client)).toEqual(['a', 'b']);
  });

  it('deletes nothing of a group of consumers whose subscriptions cannot be read', async () => {
    const client = await connect(await start());
    await topicsOf(client);
    await commit(client, await joinClassic(client, 'consumer', UNREADABLE));
    const { GROUP_SUBSCRIBED_TO_TOPIC: used, UNKNOWN_TOPIC_OR_PARTITION: unknown } = ErrorCode;
    expect(codesOf(await remove(client))).toEqual([[used], [used, unknown], [unknown]]);
  });
});
