import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { leaveGroup } from './13-leave-group.js';
import { describeGroups } from './15-describe-groups.js';
import { join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';

const { start, connect } = brokers();

describe('LeaveGroup', () => {
  it.each([
    [2, (memberId: string) => ({ memberId })],
    [3, (memberId: string) => ({ members: [{ memberId }] })],
    [5, (memberId: string) => ({ members: [{ memberId, reason: 'bored' }] })],
  ])('removes a member at once in version %i', async (version, who) => {
    const client = await connect(await start());
    const { memberId } = await joinedMember(client, 'g');
    expect((await client.call(leaveGroup, version, { groupId: 'g', ...who(memberId) })).errorCode).toBe(0);
    const { groups } = await client.call(describeGroups, 5, { groups: ['g'] });
    expect(groups).toMatchObject([{ groupState: 'Empty', members: [] }]);
  });

  it('reports for each id whether it was a member', async () => {
    const client = await connect(await start());
    const { memberId } = await joinedMember(client, 'g');
    const members = [{ memberId: 'nobody' }, { memberId }];
    const answer = await client.call(leaveGroup, 3, { groupId: 'g', members });
    expect(answer.members.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.UNKNOWN_MEMBER_ID,
      ErrorCode.NONE,
    ]);
  });

  it('removes members of the consumer protocol, static ones by their instance ids alone', async () => {
    const client = await connect(await start());
    await join(client, { instanceId: 'i' });
    await join(client, { memberId: 'n' });
    const members = [
      { memberId: '', groupInstanceId: 'i' },
      { memberId: 'n', groupInstanceId: 'i' },
      { memberId: 'n', groupInstanceId: null },
      { memberId: 'n', groupInstanceId: null },
    ];
    const answer = await client.call(leaveGroup, 5, { groupId: 'g', members });
    expect(answer.members.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.NONE,
      ErrorCode.UNKNOWN_MEMBER_ID,
      ErrorCode.NONE,
      ErrorCode.UNKNOWN_MEMBER_ID,
    ]);
  });

  it('refuses a group without a name', async () => {
    const client = await connect(await start());
    expect((await client.call(leaveGroup, 5, {})).errorCode).toBe(ErrorCode.INVALID_GROUP_ID);
  });
});
