import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { joinGroup } from './11-join-group.js';
import { describeGroups } from './15-describe-groups.js';
import { join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('DescribeGroups', () => {
  it('describes members with their metadata and assignment', async () => {
    const client = await connect(await start());
    const { memberId } = await joinedMember(client, 'g');
    const { groups } = await client.call(describeGroups, 6, { groups: ['g'] });
    expect(groups).toMatchObject([
      {
        errorCode: ErrorCode.NONE,
        groupState: 'Stable',
        protocolType: 'consumer',
        protocolData: 'range',
        members: [
          {
            memberId,
            clientId: 'test',
            clientHost: '/127.0.0.1',
            memberMetadata: Buffer.from('metadata'),
            memberAssignment: Buffer.from('mine'),
          },
        ],
      },
    ]);
  });

  it('knows the protocol and the metadata of a stable group only', async () => {
    const client = await connect(await start());
    const { memberId } = await joinedMember(client, 'g');
    const protocols = [{ name: 'range', metadata: Buffer.from('other') }];
    const again = { groupId: 'g', memberId, sessionTimeoutMs: 60_000, protocolType: 'consumer', protocols };
    await client.call(joinGroup, 3, again);
    const { groups } = await client.call(describeGroups, 6, { groups: ['g'] });
    expect(groups).toMatchObject([
      {
        groupState: 'CompletingRebalance',
        protocolData: '',
        members: [{ memberMetadata: Buffer.alloc(0), memberAssignment: Buffer.from('mine') }],
      },
    ]);
  });

  it('does not describe groups of the consumer protocol', async () => {
    const client = await connect(await start());
    await join(client);
    const { groups } = await client.call(describeGroups, 6, { groups: ['g'] });
    expect(groups).toMatchObject([
      { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: 'Group g is not a classic group.' },
    ]);
  });

  it.each([
    [5, { errorCode: ErrorCode.NONE, groupState: 'Dead' }],
    [6, { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, groupState: 'Dead' }],
  ])('reports an unknown group in version %i', async (version, expected) => {
    const client = await connect(await start());
    expect((await client.call(describeGroups, version, { groups: ['x'] })).groups).toMatchObject([expected]);
  });

  it('describes a group that only has committed offsets as empty', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await client.call(offsetCommit, 7, { groupId: 'g', topics: [{ name: 'a', partitions: [{}] }] });
    const { groups } = await client.call(describeGroups, 6, { groups: ['g'] });
    expect(groups).toMatchObject([{ errorCode: ErrorCode.NONE, groupState: 'Empty' }]);
  });
});
