import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { joinGroup } from './11-join-group.js';
import { joinedMember } from './member.fixture.js';

const { start, connect } = brokers();

const request = {
  groupId: 'g',
  sessionTimeoutMs: 1000,
  protocolType: 'consumer',
  protocols: [{ name: 'range' }],
};

describe('JoinGroup', () => {
  it('makes the first member the leader, and sends it all members', async () => {
    const client = await connect(await start());
    const { memberId } = await joinedMember(client, 'g');
    const again = await client.call(joinGroup, 9, { ...request, memberId });
    expect(again).toMatchObject({
      errorCode: 0,
      leader: memberId,
      protocolName: 'range',
      members: [{ memberId }],
    });
  });

  it('requires a member to rejoin with its id from version 4 on', async () => {
    const client = await connect(await start());
    const first = await client.call(joinGroup, 4, request);
    expect(first.errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
    const second = await client.call(joinGroup, 4, { ...request, memberId: first.memberId });
    expect(second).toMatchObject({ errorCode: 0, memberId: first.memberId, generationId: 1 });
    expect((await client.call(joinGroup, 3, { ...request, groupId: 'h' })).errorCode).toBe(ErrorCode.NONE);
  });

  it('waits for further members of an empty group as long as the broker is set to', async () => {
    const settings = { 'group.initial.rebalance.delay.ms': '300' };
    const broker = await start({ settings });
    const before = performance.now();
    const clients = [await connect(broker), await connect(broker)];
    const joined = await Promise.all(clients.map((client) => client.call(joinGroup, 3, request)));
    expect(performance.now() - before).toBeGreaterThanOrEqual(299);
    expect(joined.map(({ generationId }) => generationId)).toEqual([1, 1]);
  });

  it('refuses session timeouts outside of the limits of the broker', async () => {
    const settings = { 'group.min.session.timeout.ms': '6000', 'group.max.session.timeout.ms': '9000' };
    const client = await connect(await start({ settings }));
    const code = async (sessionTimeoutMs: number): Promise<number> =>
      (await client.call(joinGroup, 3, { ...request, sessionTimeoutMs, groupId: `g${sessionTimeoutMs}` }))
        .errorCode;
    expect([await code(5999), await code(6000), await code(9000), await code(9001)]).toEqual([
      ErrorCode.INVALID_SESSION_TIMEOUT,
      ErrorCode.NONE,
      ErrorCode.NONE,
      ErrorCode.INVALID_SESSION_TIMEOUT,
    ]);
  });

  it('refuses further members of a group that has reached its largest size', async () => {
    const broker = await start({ settings: { 'group.max.size': '1' } });
    const client = await connect(broker);
    const first = await joinedMember(client, 'g');
    const second = await (await connect(broker)).call(joinGroup, 3, request);
    expect(second).toMatchObject({ errorCode: ErrorCode.GROUP_MAX_SIZE_REACHED, memberId: '' });
    const again = await client.call(joinGroup, 3, { ...request, memberId: first.memberId });
    expect(again).toMatchObject({ errorCode: ErrorCode.NONE, generationId: 2 });
  });

  it.each([
    ['no group', { groupId: '' }, ErrorCode.INVALID_GROUP_ID],
    ['too short a session timeout', { sessionTimeoutMs: 1 }, ErrorCode.INVALID_SESSION_TIMEOUT],
    ['an unknown id', { memberId: 'nobody' }, ErrorCode.UNKNOWN_MEMBER_ID],
    ['no protocol', { protocols: [] }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
  ])('refuses a member with %s', async (_, change, code) => {
    const client = await connect(await start());
    expect((await client.call(joinGroup, 9, { ...request, ...change })).errorCode).toBe(code);
  });
});
