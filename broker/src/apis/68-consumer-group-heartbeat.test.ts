import { describe, expect, it, jest } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createTopics } from './19-create-topics.js';
import { consumerGroupHeartbeat } from './68-consumer-group-heartbeat.js';
import { consumerGroupDescribe } from './69-consumer-group-describe.js';
import { beat, join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect, directory } = brokers();

describe('ConsumerGroupHeartbeat', () => {
  it('assigns partitions to a member, and repeats nothing', async () => {
    const client = await connect(await start());
    const topicId = await createTopic(client, 'a');
    expect(await join(client)).toMatchObject({
      errorCode: ErrorCode.NONE,
      memberId: 'm',
      memberEpoch: 2,
      heartbeatIntervalMs: 5000,
      assignment: { topicPartitions: [{ topicId, partitions: [0] }] },
    });
    expect(await beat(client, 2)).toMatchObject({ memberEpoch: 2, assignment: null });
  });

  it('makes up the id of a member that has none, in version 0', async () => {
    const client = await connect(await start());
    const request = { groupId: 'g', rebalanceTimeoutMs: 1, subscribedTopicNames: [], topicPartitions: [] };
    const { memberId } = await client.call(consumerGroupHeartbeat, 0, request);
    expect(memberId).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    ['no group', { groupId: '' }, ErrorCode.INVALID_REQUEST],
    ['no member id', { memberId: '' }, ErrorCode.INVALID_REQUEST],
    ['no rebalance timeout', { rebalanceTimeoutMs: -1 }, ErrorCode.INVALID_REQUEST],
    ['no partitions', { topicPartitions: null }, ErrorCode.INVALID_REQUEST],
    ['no subscription', { subscribedTopicNames: null }, ErrorCode.INVALID_REQUEST],
    ['an empty instance id', { instanceId: '' }, ErrorCode.INVALID_REQUEST],
    ['an empty rack', { rackId: '' }, ErrorCode.INVALID_REQUEST],
    ['an impossible epoch', { memberEpoch: -3 }, ErrorCode.INVALID_REQUEST],
    ['a static epoch without an instance id', { memberEpoch: -2 }, ErrorCode.INVALID_REQUEST],
    ['an unknown assignor', { serverAssignor: 'sticky' }, ErrorCode.UNSUPPORTED_ASSIGNOR],
    ['an invalid pattern', { subscribedTopicRegex: '[' }, ErrorCode.INVALID_REGULAR_EXPRESSION],
    ['an epoch, but no group', { memberEpoch: 3 }, ErrorCode.GROUP_ID_NOT_FOUND],
    ['a leave, but no group', { memberEpoch: -1 }, ErrorCode.GROUP_ID_NOT_FOUND],
  ])('refuses a member with %s', async (_, changes, code) => {
    const client = await connect(await start());
    expect((await join(client, changes)).errorCode).toBe(code);
    const { groups } = await client.call(consumerGroupDescribe, 1, { groupIds: ['g'] });
    expect(groups[0]!.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });

  it('fences members with another epoch, and static members whose instance id has a new owner', async () => {
    const client = await connect(await start());
    await join(client, { instanceId: 'i' });
    const codes = [
      await beat(client, 9),
      await beat(client, 1),
      await beat(client, 2, { memberId: 'other' }),
      await beat(client, 2, { memberId: 'other', instanceId: 'i' }),
      await beat(client, 2, { memberId: 'other', instanceId: 'j' }),
      await join(client, { memberId: 'other', instanceId: 'i' }),
    ].map(({ errorCode }) => errorCode);
    expect(codes).toEqual([
      ErrorCode.FENCED_MEMBER_EPOCH,
      ErrorCode.FENCED_MEMBER_EPOCH,
      ErrorCode.UNKNOWN_MEMBER_ID,
      ErrorCode.FENCED_INSTANCE_ID,
      ErrorCode.UNKNOWN_MEMBER_ID,
      ErrorCode.UNRELEASED_INSTANCE_ID,
    ]);
    expect(await beat(client, -2, { instanceId: 'i' })).toMatchObject({ errorCode: 0, memberEpoch: -2 });
    expect(await join(client, { memberId: 'other', instanceId: 'i' })).toMatchObject({ memberEpoch: 2 });
  });

  it.each([-1, 1])('is accepted after the time of day was set by a day (%i)', async (days) => {
    const { now } = Date;
    let offset = 0;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + offset);
    try {
      const client = await connect(await start());
      await createTopic(client, 'a');
      const { memberEpoch } = await join(client);
      offset = days * 86_400_000;
      for (let i = 0; i < 3; i++) expect((await beat(client, memberEpoch)).errorCode).toBe(ErrorCode.NONE);
    } finally {
      clock.mockRestore();
    }
  });

  it('subscribes to topics by a pattern, also to those that come later', async () => {
    const client = await connect(await start());
    await createTopic(client, 'ab');
    await createTopic(client, 'b');
    const first = await join(client, { subscribedTopicNames: null, subscribedTopicRegex: 'a.*' });
    expect(first.assignment!.topicPartitions).toHaveLength(1);
    await createTopic(client, 'ac');
    const second = await beat(client, first.memberEpoch);
    expect(second.assignment!.topicPartitions).toHaveLength(2);
  });

  it('takes over the id of an empty classic group, but not one with members', async () => {
    const client = await connect(await start());
    await joinedMember(client, 'g');
    expect((await join(client)).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });

  it('remembers a group after a restart of the broker', async () => {
    const data = directory();
    const first = await start({ data });
    const client = await connect(first);
    await client.call(createTopics, 7, { topics: [{ name: 'a', numPartitions: 4, replicationFactor: 1 }] });
    await join(client);
    await join(client, { memberId: 'n' });
    const describe = async (from: typeof client) => {
      const { groups } = await from.call(consumerGroupDescribe, 1, { groupIds: ['g'] });
      return groups[0]!;
    };
    const before = await describe(client);
    expect(before.groupState).toBe('Reconciling');
    await first.close();
    const again = await connect(await start({ data }));
    expect(await describe(again)).toEqual(before);
    expect((await beat(again, 2)).assignment!.topicPartitions[0]!.partitions).toHaveLength(2);
  });
});
