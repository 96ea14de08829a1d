import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { listPartitionReassignments } from './46-list-partition-reassignments.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

describe('ListPartitionReassignments', () => {
  it.each([[null], [[{ name: 'a', partitionIndexes: [0] }]]])(
    'finds none in progress in %j',
    async (topics) => {
      const client = await connect(await start());
      await createTopic(client, 'a');
      const answer = await client.call(listPartitionReassignments, 0, { topics });
      expect(answer).toMatchObject({ errorCode: ErrorCode.NONE, errorMessage: null, topics: [] });
    },
  );
});
