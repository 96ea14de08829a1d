import { describe, expect, it } from '@jest/globals';
import { metadataFor } from '../groups/consumer-protocol.fixture.js';
import { parseAssignment, writeAssignment } from '../groups/consumer-protocol.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { joinGroup } from './11-join-group.js';
import { heartbeat } from './12-heartbeat.js';
import { syncGroup } from './14-sync-group.js';
import { describeGroups } from './15-describe-groups.js';
import { createTopics } from './19-create-topics.js';
import { consumerGroupDescribe } from './69-consumer-group-describe.js';
import { beat, join } from './consumer-member.fixture.js';

const { start, connect, directory } = brokers();

interface Changes {
  readonly owned?: readonly number[];
  readonly protocolType?: string;
  readonly groupInstanceId?: string;
  readonly protocols?: { name: string; metadata?: Buffer }[];
}

type Classic = Awaited<ReturnType<typeof classicJoin>>;

const classicJoin = (client: WireClient, memberId = '', { owned = [], ...more }: Changes = {}) =>
  client.call(joinGroup, 9, {
    groupId: 'g',
    memberId,
    sessionTimeoutMs: 30_000,
    rebalanceTimeoutMs: 10_000,
    protocolType: 'consumer',
    protocols: [
      {
        name: 'range',
        metadata: metadataFor({ topicNames: ['a'], owned: [{ topic: 'a', partitions: owned }] }),
      },
    ],
    ...more,
  });

const identityOf = ({ memberId, generationId }: Classic) => ({ groupId: 'g', memberId, generationId });

const classicBeat = async (client: WireClient, member: Classic) =>
  (await client.call(heartbeat, 4, identityOf(member))).errorCode;

/** The partitions that a classic member gets, or an error. */
const classicSync = async (client: WireClient, member: Classic, more = {}) => {
  const request = { ...identityOf(member), protocolType: 'consumer', protocolName: 'range', ...more };
  const { errorCode, assignment } = await client.call(syncGroup, 5, request);
  return errorCode === ErrorCode.NONE
    ? parseAssignment(assignment).flatMap((t) => [...t.partitions])
    : errorCode;
};

const commit = async (client: WireClient, { memberId }: Classic, generation: number) => {
  const topics = [{ name: 'a', partitions: [{ committedOffset: 0 }] }];
  const request = { groupId: 'g', memberId, generationIdOrMemberEpoch: generation, topics };
  return (await client.call(offsetCommit, 8, request)).topics[0]!.partitions[0]!.errorCode;
};

/** A classic group with one member, which has all four partitions of the topic `a`. */
const classicGroup = async (client: WireClient): Promise<Classic> => {
  const topic = { name: 'a', numPartitions: 4, replicationFactor: 1 };
  await client.call(createTopics, 7, { topics: [topic] });
  const { memberId } = await classicJoin(client);
  const member = await classicJoin(client, memberId);
  const assignment = writeAssignment(1, [{ topic: 'a', partitions: [0, 1, 2, 3] }]);
  await classicSync(client, member, { assignments: [{ memberId, assignment }] });
  return member;
};

const typesOf = async (client: WireClient) => {
  const { groups } = await client.call(consumerGroupDescribe, 1, { groupIds: ['g'] });
  return groups[0]!.members.map(({ memberType }) => memberType);
};

describe('a group that migrates from the classic to the consumer protocol, and back (KIP-848)', () => {
  it('is shared by members of both, which give partitions to each other', async () => {
    const client = await connect(await start());
    const classic = await classicGroup(client);
    const modern = await join(client);
    expect(modern).toMatchObject({
      errorCode: ErrorCode.NONE,
      memberEpoch: 2,
      assignment: { topicPartitions: [] },
    });
    expect(await typesOf(client)).toEqual([0, 1]);
    expect(await commit(client, classic, 1)).toBe(ErrorCode.NONE);
    expect(await commit(client, classic, 0)).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(await classicSync(client, classic)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    expect(await classicBeat(client, classic)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    expect((await beat(client, 2)).assignment).toBeNull();

    const told = await classicJoin(client, classic.memberId, { owned: [0, 1, 2, 3] });
    expect(told).toMatchObject({ errorCode: ErrorCode.NONE, generationId: 1, leader: '', members: [] });
    expect(await classicSync(client, told)).toEqual([0, 1]);
    expect((await beat(client, 2)).assignment).toBeNull();
    const rejoined = await classicJoin(client, classic.memberId, { owned: [0, 1] });
    expect(rejoined.generationId).toBe(2);
    expect(await classicSync(client, rejoined)).toEqual([0, 1]);
    expect(await classicBeat(client, rejoined)).toBe(ErrorCode.NONE);
    expect((await beat(client, 2)).assignment!.topicPartitions[0]!.partitions).toEqual([2, 3]);
  });

  it('becomes classic again when the last member of the consumer protocol leaves', async () => {
    const client = await connect(await start());
    const classic = await classicGroup(client);
    await join(client);
    await beat(client, -1);
    const { groups } = await client.call(describeGroups, 6, { groups: ['g'] });
    expect(groups).toMatchObject([
      { groupState: 'PreparingRebalance', members: [{ memberId: classic.memberId }] },
    ]);
    expect(await classicBeat(client, classic)).toBe(ErrorCode.ILLEGAL_GENERATION);
    const again = await classicJoin(client, classic.memberId);
    expect(again).toMatchObject({ errorCode: ErrorCode.NONE, leader: classic.memberId });
    expect(again.generationId).toBeGreaterThan(2);
  });

  it('is joined by classic members', async () => {
    const client = await connect(await start());
    await classicGroup(client);
    await join(client);
    const { errorCode, memberId } = await classicJoin(client);
    expect(errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
    expect(await classicJoin(client, memberId)).toMatchObject({ errorCode: ErrorCode.NONE, generationId: 3 });
    const codes = [
      await classicJoin(client, '', { protocolType: 'connect' }),
      await classicJoin(client, '', { protocols: [{ name: 'other' }] }),
      await classicJoin(client, 'x', { protocols: [{ name: 'range', metadata: Buffer.from('x') }] }),
      await classicJoin(client, 'x', { groupInstanceId: 'i' }),
    ].map((answer) => answer.errorCode);
    expect(codes).toEqual([
      ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
      ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
      ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
      ErrorCode.UNKNOWN_MEMBER_ID,
    ]);
  });

  it('remembers its classic members after a restart of the broker', async () => {
    const data = directory();
    const first = await start({ data });
    const client = await connect(first);
    const classic = await classicGroup(client);
    await join(client);
    await first.close();
    const again = await connect(await start({ data }));
    expect(await typesOf(again)).toEqual([0, 1]);
    expect(await classicBeat(again, classic)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    const told = await classicJoin(again, classic.memberId);
    expect(await classicSync(again, told)).toEqual([0, 1]);
  });

  it('does not take place when a member has a protocol that cannot be read', async () => {
    const client = await connect(await start());
    const readable = { name: 'range', metadata: metadataFor({ topicNames: ['a'] }) };
    const protocols = [{ name: 'custom', metadata: Buffer.from('x') }, readable];
    const { memberId } = await classicJoin(client, '', { protocols });
    await classicJoin(client, memberId, { protocols });
    expect(await join(client)).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      errorMessage: expect.stringContaining('malformed'),
    });
  });

  it('does not take place for members that are not consumers', async () => {
    const client = await connect(await start());
    const protocols = [{ name: 'default', metadata: Buffer.from('x') }];
    const { memberId } = await classicJoin(client, '', { protocolType: 'connect', protocols });
    await classicJoin(client, memberId, { protocolType: 'connect', protocols });
    expect(await join(client)).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      errorMessage: expect.stringContaining('does not use the consumer embedded protocol'),
    });
    const { groups } = await client.call(describeGroups, 6, { groups: ['g'] });
    expect(groups[0]!.members).toHaveLength(1);
  });
});
