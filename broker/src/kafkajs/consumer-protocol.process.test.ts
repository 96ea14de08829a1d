import { describe, expect, it } from '@jest/globals';
import { createTopics } from '../apis/19-create-topics.js';
import { offsetCommit } from '../apis/08-offset-commit.js';
import { offsetFetch } from '../apis/09-offset-fetch.js';
import { consumerGroupDescribe } from '../apis/69-consumer-group-describe.js';
import { beat, join } from '../apis/consumer-member.fixture.js';
import { WireClient } from '../server/wire-client.fixture.js';
import { directories } from '../test-directory.fixture.js';
import { processes } from './process.fixture.js';

const directory = directories();
const run = processes();

const startOn = async (data: string) => {
  const broker = run(['--port', '0', '--data', data]);
  const { port } = (await broker.line('listening'))!;
  return { ...broker, client: await WireClient.to(port!) };
};

const describeGroup = async (client: WireClient) =>
  (await client.call(consumerGroupDescribe, 1, { groupIds: ['g'] })).groups[0]!;

const target = (partitions: number[], topicId: string) => [{ topicId, partitions }];

describe('a broker that is killed in the middle of a rebalance', () => {
  it('continues the rebalance after a restart, and knows members, epochs and offsets', async () => {
    const data = directory();
    const first = await startOn(data);
    const topic = { name: 'a', numPartitions: 4, replicationFactor: 1 };
    const { topics } = await first.client.call(createTopics, 7, { topics: [topic] });
    const { topicId } = topics[0]!;
    await join(first.client, { instanceId: 'i' });
    const partitions = [{ partitionIndex: 3, committedOffset: 7 }];
    const commit = { groupId: 'g', memberId: 'm', generationIdOrMemberEpoch: 2 };
    await first.client.call(offsetCommit, 10, { ...commit, topics: [{ topicId, partitions }] });
    await join(first.client, { memberId: 'n' });
    const revoke = await beat(first.client, 2, { instanceId: 'i' });
    expect(revoke.assignment!.topicPartitions).toEqual(target([0, 1], topicId));
    const before = await describeGroup(first.client);
    first.child.kill('SIGKILL');
    await first.exit;

    const { client } = await startOn(data);
    expect(await describeGroup(client)).toEqual(before);
    expect((await beat(client, 3, { memberId: 'n' })).assignment).toBeNull();
    const revoked = { instanceId: 'i', topicPartitions: target([0, 1], topicId) };
    expect((await beat(client, 2, revoked)).memberEpoch).toBe(3);
    const given = await beat(client, 3, { memberId: 'n' });
    expect(given.assignment!.topicPartitions).toEqual(target([2, 3], topicId));
    const requested = [{ topicId, partitionIndexes: [3] }];
    const groups = [{ groupId: 'g', memberId: 'n', memberEpoch: 3, topics: requested }];
    const fetched = await client.call(offsetFetch, 10, { groups });
    expect(fetched.groups[0]!.topics[0]!.partitions[0]!.committedOffset).toBe(7);
    client.close();
  });
});
