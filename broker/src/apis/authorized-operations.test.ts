import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { metadata } from './03-metadata.js';
import { describeGroups } from './15-describe-groups.js';
import { describeTopicPartitions } from './75-describe-topic-partitions.js';
import { joinedMember } from './member.fixture.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

/** What Apache Kafka 4.3 answers without an authorizer; the last one means that nobody asked. */
const [CLUSTER, TOPIC, NOT_ASKED] = [8096, 3576, -(2 ** 31)];
/** READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS and ALTER_CONFIGS. */
const GROUP = 3400;

describe('authorized operations', () => {
  it.each([
    [true, CLUSTER, TOPIC],
    [false, NOT_ASKED, NOT_ASKED],
  ])('of the cluster and of topics, asked for: %s', async (asked, cluster, topic) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const answer = await client.call(metadata, 10, {
      topics: [{ name: 'a' }, { name: 'missing' }],
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: asked,
      includeTopicAuthorizedOperations: asked,
    });
    expect(answer.clusterAuthorizedOperations).toBe(cluster);
    expect(answer.topics.map((one) => one.topicAuthorizedOperations)).toEqual([topic, NOT_ASKED]);
  });

  it('of topics that are described by partition, also of missing ones', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [{ name: 'a' }, { name: 'missing' }];
    const answer = await client.call(describeTopicPartitions, 0, { topics });
    expect(answer.topics.map((one) => one.topicAuthorizedOperations)).toEqual([TOPIC, TOPIC]);
  });

  it('of groups, if asked for and the group exists', async () => {
    const client = await connect(await start());
    await joinedMember(client, 'g');
    const operations = async (includeAuthorizedOperations: boolean) => {
      const request = { groups: ['g', 'missing'], includeAuthorizedOperations };
      const { groups } = await client.call(describeGroups, 6, request);
      return groups.map((group) => group.authorizedOperations);
    };
    expect(await operations(true)).toEqual([GROUP, NOT_ASKED]);
    expect(await operations(false)).toEqual([NOT_ASKED, NOT_ASKED]);
  });
});
