import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { offsetCommit } from './08-offset-commit.js';
import { listGroups } from './16-list-groups.js';
import { join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('ListGroups', () => {
  it.each([
    [{}, ['offsets', 'members', 'g']],
    [{ statesFilter: ['stable'] }, ['members', 'g']],
    [{ statesFilter: ['Empty', 'Dead'] }, ['offsets']],
    [{ typesFilter: ['Classic'] }, ['offsets', 'members']],
    [{ typesFilter: ['consumer'] }, ['g']],
    [{ typesFilter: ['share'] }, []],
  ])('answers %j with %j', async (filter, expected) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await client.call(offsetCommit, 7, { groupId: 'offsets', topics: [{ name: 'a', partitions: [{}] }] });
    await joinedMember(client, 'members');
    await join(client);
    const { groups } = await client.call(listGroups, 5, filter);
    expect(groups.map(({ groupId }) => groupId).sort()).toEqual([...expected].sort());
  });
});
