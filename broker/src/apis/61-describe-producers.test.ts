import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeProducers } from './61-describe-producers.js';
import { createTopic } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

describe('DescribeProducers', () => {
  it('lists the producers of a partition and their open transactions', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const producer = await TransactionalProducer.start(client, 't');
    await producer.write('a', ['one']);
    await producer.add('a');
    await producer.send('a', ['two', 'three']);
    const topics = [{ name: 'a', partitionIndexes: [0] }];
    const answer = await client.call(describeProducers, 0, { topics });
    const { activeProducers } = answer.topics[0]!.partitions[0]!;
    expect(activeProducers).toEqual([
      {
        producerId: producer.producerId,
        producerEpoch: 0,
        lastSequence: 2,
        lastTimestamp: 1000,
        coordinatorEpoch: 0,
        currentTxnStartOffset: 2,
      },
    ]);
  });

  it('reports what does not exist', async () => {
    const client = await connect(await start());
    const topics = ['none', '..'].map((name) => ({ name, partitionIndexes: [0] }));
    const answer = await client.call(describeProducers, 0, { topics });
    expect(answer.topics.map(({ partitions }) => partitions[0]!.errorCode)).toEqual([
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      ErrorCode.INVALID_TOPIC_EXCEPTION,
    ]);
    await createTopic(client, 'a');
    const beyond = [{ name: 'a', partitionIndexes: [9] }];
    const { partitions } = (await client.call(describeProducers, 0, { topics: beyond })).topics[0]!;
    expect(partitions).toMatchObject([
      { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null },
    ]);
  });
});
