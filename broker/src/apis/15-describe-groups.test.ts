import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { offsetCommit } from './08-offset-commit.js';
import { describeGroups } from './15-describe-groups.js';
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
