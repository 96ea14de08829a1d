import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { alterPartitionReassignments } from './45-alter-partition-reassignments.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

const assign = async (topic: string, partitionIndex: number, replicas: number[] | null) => {
  const client = await connect(await start());
  await createTopic(client, 'a');
  const topics = [{ name: topic, partitions: [{ partitionIndex, replicas }] }];
  const { responses } = await client.call(alterPartitionReassignments, 1, { topics });
  const { errorCode, errorMessage } = responses[0]!.partitions[0]!;
  return [errorCode, errorMessage];
};

const { INVALID_REPLICA_ASSIGNMENT, UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode;

describe('AlterPartitionReassignments', () => {
  it('accepts the assignment that a partition has', async () => {
    expect(await assign('a', 0, [1])).toEqual([ErrorCode.NONE, null]);
  });

  it('has nothing to cancel', async () => {
    expect(await assign('a', 0, null)).toEqual([ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, null]);
  });

  it.each([
    ['x', 0, UNKNOWN_TOPIC_OR_PARTITION, 'Unable to find a topic named x.'],
    ['a', 7, UNKNOWN_TOPIC_OR_PARTITION, 'Unable to find partition a:7.'],
  ] as const)('refuses the unknown partition %s-%i', async (...[topic, index, code, message]) => {
    expect(await assign(topic, index, [1])).toEqual([code, message]);
    expect(await assign(topic, index, null)).toEqual([code, message]);
  });

  it.each([
    [[], 'an empty replica list.'],
    [[2, 1], 'broker 2, but no such broker is registered.'],
    [[1, -1], 'broker -1, but no such broker is registered.'],
    [[1, 1], 'the broker 1 more than once.'],
  ])('refuses the replicas %j', async (replicas, problem) => {
    const message = `The manual partition assignment includes ${problem}`;
    expect(await assign('a', 0, replicas)).toEqual([INVALID_REPLICA_ASSIGNMENT, message]);
  });
});
