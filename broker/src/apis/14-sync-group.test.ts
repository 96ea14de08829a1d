import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { joinGroup } from './11-join-group.js';
import { syncGroup } from './14-sync-group.js';
import { joinedMember } from './member.fixture.js';

const { start, connect } = brokers();

const request = {
  groupId: 'g',
  sessionTimeoutMs: 60_000,
  protocolType: 'consumer',
  protocols: [{ name: 'range' }],
};

describe('SyncGroup', () => {
  it('returns the assignment again when a member repeats the request', async () => {
    const client = await connect(await start());
    const member = await joinedMember(client, 'g');
    const again = await client.call(syncGroup, 5, {
      ...member,
      protocolType: 'consumer',
      protocolName: 'range',
    });
    expect(again).toMatchObject({ errorCode: 0, protocolName: 'range', assignment: Buffer.from('mine') });
  });

  it('holds a member until the leader has sent the assignments', async () => {
    const broker = await start();
    const [one, other] = [await connect(broker), await connect(broker)];
    const { memberId: leader } = await joinedMember(one, 'g');
    const joining = other.call(joinGroup, 3, request);
    let all: string[] = [];
    while (all.length < 2) {
      const { members } = await one.call(joinGroup, 3, { ...request, memberId: leader });
      all = members.map((member) => member.memberId);
    }
    const { memberId, generationId } = await joining;
    expect(all.sort()).toEqual([leader, memberId].sort());
    const waiting = other.call(syncGroup, 3, { groupId: 'g', generationId, memberId });
    const assignments = [{ memberId, assignment: Buffer.from('yours') }];
    await one.call(syncGroup, 3, { groupId: 'g', generationId, memberId: leader, assignments });
    expect((await waiting).assignment.toString()).toBe('yours');
  });

  it.each([
    ['no group', { groupId: '' }, ErrorCode.INVALID_GROUP_ID],
    ['an unknown member', { memberId: 'nobody' }, ErrorCode.UNKNOWN_MEMBER_ID],
    ['a past generation', { generationId: 0 }, ErrorCode.ILLEGAL_GENERATION],
    ['no protocol', { protocolName: null }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
    ['no protocol type', { protocolType: null }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
    ['another protocol', { protocolName: 'sticky' }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
  ])('refuses %s', async (_, change, code) => {
    const client = await connect(await start());
    const member = await joinedMember(client, 'g');
    const named = { ...member, protocolType: 'consumer', protocolName: 'range' };
    expect((await client.call(syncGroup, 5, { ...named, ...change })).errorCode).toBe(code);
  });
});
