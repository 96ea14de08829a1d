import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { deleteTopics } from './20-delete-topics.js';
import { consumerGroupDescribe } from './69-consumer-group-describe.js';
import { beat, join } from './consumer-member.fixture.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('ConsumerGroupDescribe', () => {
  it('describes members with their assignments', async () => {
    const client = await connect(await start());
    const topicId = await createTopic(client, 'a');
    await join(client, { rackId: 'r', instanceId: 'i', serverAssignor: 'range' });
    const assignment = { topicPartitions: [{ topicId, topicName: 'a', partitions: [0] }] };
    const { groups } = await client.call(consumerGroupDescribe, 1, { groupIds: ['g'] });
    expect(groups).toMatchObject([
      {
        errorCode: ErrorCode.NONE,
        groupState: 'Stable',
        groupEpoch: 2,
        assignmentEpoch: 2,
        assignorName: 'range',
        members: [
          {
            memberId: 'm',
            instanceId: 'i',
            rackId: 'r',
            memberEpoch: 2,
            clientId: 'test',
            clientHost: '/127.0.0.1',
            subscribedTopicNames: ['a'],
            subscribedTopicRegex: '',
            assignment,
            targetAssignment: assignment,
            memberType: 1,
          },
        ],
      },
    ]);
  });

  it('leaves out topics that have been deleted', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await join(client);
    await client.call(deleteTopics, 5, { topicNames: ['a'] });
    const { groups } = await client.call(consumerGroupDescribe, 1, { groupIds: ['g'] });
    expect(groups[0]!.members[0]!.assignment).toEqual({ topicPartitions: [] });
  });

  it('knows neither groups that do not exist nor classic ones', async () => {
    const client = await connect(await start());
    await joinedMember(client, 'classic');
    await join(client);
    await beat(client, -1);
    const groupIds = ['g', 'nope', 'classic', ''];
    const { groups } = await client.call(consumerGroupDescribe, 1, { groupIds });
    expect(
      groups.map(({ errorCode, errorMessage, groupState }) => [errorCode, errorMessage, groupState]),
    ).toEqual([
      [ErrorCode.NONE, null, 'Empty'],
      [ErrorCode.GROUP_ID_NOT_FOUND, 'Group nope not found.', ''],
      [ErrorCode.GROUP_ID_NOT_FOUND, 'Group classic is not a consumer group.', ''],
      [ErrorCode.INVALID_GROUP_ID, null, ''],
    ]);
  });
});
