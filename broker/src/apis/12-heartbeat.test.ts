import { describe, expect, it, jest } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { heartbeat } from './12-heartbeat.js';
import { joinedMember } from './member.fixture.js';

const { start, connect } = brokers();

describe('Heartbeat', () => {
  it('is accepted only from a member of the current generation', async () => {
    const client = await connect(await start());
    const member = await joinedMember(client, 'g');
    const beat = async (change: object) =>
      (await client.call(heartbeat, 4, { ...member, ...change })).errorCode;
    expect(await beat({})).toBe(ErrorCode.NONE);
    expect(await beat({ generationId: member.generationId + 1 })).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(await beat({ memberId: 'nobody' })).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(await beat({ groupId: 'none' })).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(await beat({ groupId: '' })).toBe(ErrorCode.INVALID_GROUP_ID);
  });

  it.each([-1, 1])('is accepted after the time of day was set by a day (%i)', async (days) => {
    const { now } = Date;
    let offset = 0;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + offset);
    try {
      const client = await connect(await start());
      const member = await joinedMember(client, 'g');
      offset = days * 86_400_000;
      for (let i = 0; i < 3; i++)
        expect((await client.call(heartbeat, 4, member)).errorCode).toBe(ErrorCode.NONE);
    } finally {
      clock.mockRestore();
    }
  });
});
