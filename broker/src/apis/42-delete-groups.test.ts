import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { leaveGroup } from './13-leave-group.js';
import { listGroups } from './16-list-groups.js';
import { deleteGroups } from './42-delete-groups.js';
import { beat, join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('DeleteGroups', () => {
  it('deletes groups without members, with their offsets', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await client.call(offsetCommit, 7, { groupId: 'offsets', topics: [{ name: 'a', partitions: [{}] }] });
    const { memberId } = await joinedMember(client, 'members');
    const remove = async () => {
      const groupsNames = ['offsets', 'members', 'offsets'];
      const { results } = await client.call(deleteGroups, 2, { groupsNames });
      return results.map(({ errorCode }) => errorCode);
    };
    expect(await remove()).toEqual([ErrorCode.NONE, ErrorCode.NON_EMPTY_GROUP]);
    await client.call(leaveGroup, 2, { groupId: 'members', memberId });
    expect(await remove()).toEqual([ErrorCode.GROUP_ID_NOT_FOUND, ErrorCode.NONE]);
    expect((await client.call(listGroups, 4, {})).groups).toEqual([]);
  });

  it('deletes groups of the consumer protocol without members', async () => {
    const client = await connect(await start());
    await join(client);
    const remove = async () => {
      const { results } = await client.call(deleteGroups, 2, { groupsNames: ['g'] });
      return results[0]!.errorCode;
    };
    expect(await remove()).toBe(ErrorCode.NON_EMPTY_GROUP);
    await beat(client, -1);
    expect(await remove()).toBe(ErrorCode.NONE);
    expect(await remove()).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });
});
