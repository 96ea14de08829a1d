import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { electLeaders } from './43-elect-leaders.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('ElectLeaders', () => {
  it.each([0, 1])('needs no election of type %i', async (electionType) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topicPartitions = [
      { topic: 'a', partitions: [0, 7] },
      { topic: 'x', partitions: [0] },
    ];
    const answer = await client.call(electLeaders, 2, { electionType, topicPartitions });
    const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    expect(answer.errorCode).toBe(ErrorCode.NONE);
    expect(answer.replicaElectionResults).toMatchObject([
      {
        topic: 'a',
        partitionResult: [
          { partitionId: 0, errorCode: ErrorCode.ELECTION_NOT_NEEDED },
          { partitionId: 7, errorCode: unknown, errorMessage: 'No such partition as a-7' },
        ],
      },
      {
        topic: 'x',
        partitionResult: [{ partitionId: 0, errorCode: unknown, errorMessage: 'No such topic as x' }],
      },
    ]);
  });

  it('lists no partition when all are asked for, because none needs an election', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const { replicaElectionResults } = await client.call(electLeaders, 0, { topicPartitions: null });
    expect(replicaElectionResults).toEqual([{ topic: 'a', partitionResult: [] }]);
  });

  it.each([-1, 2])('refuses the unknown type %i', async (electionType) => {
    const client = await connect(await start());
    expect(await client.call(electLeaders, 1, { electionType })).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      replicaElectionResults: [],
    });
  });
});
