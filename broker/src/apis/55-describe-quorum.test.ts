import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeQuorum } from './55-describe-quorum.js';

const { start, connect } = brokers();

const quorum = { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] };

describe('DescribeQuorum', () => {
  it('has this broker as the leader and only voter', async () => {
    const { port } = await start();
    const client = await connect({ port });
    const answer = await client.call(describeQuorum, 2, { topics: [quorum] });
    const [partition] = answer.topics[0]!.partitions;
    expect(partition).toMatchObject({ errorCode: ErrorCode.NONE, leaderId: 1, observers: [] });
    expect(partition!.currentVoters).toMatchObject([
      { replicaId: 1, logEndOffset: partition!.highWatermark },
    ]);
    expect(partition!.currentVoters[0]!.lastCaughtUpTimestamp).toBeGreaterThan(0);
    expect(answer.nodes).toEqual([
      { nodeId: 1, listeners: [{ name: 'CONTROLLER', host: '127.0.0.1', port }] },
    ]);
  });

  it('does not know a quorum of another partition', async () => {
    const client = await connect(await start());
    const topics = [
      { ...quorum, partitions: [{ partitionIndex: 1 }] },
      { ...quorum, topicName: 'a' },
    ];
    const answer = await client.call(describeQuorum, 2, { topics });
    for (const { partitions } of answer.topics)
      expect(partitions).toMatchObject([
        { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, currentVoters: [] },
      ]);
    expect(answer.nodes).toEqual([]);
  });
});
