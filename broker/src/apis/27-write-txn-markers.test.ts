import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { writeTxnMarkers } from './27-write-txn-markers.js';
import { createTopic } from './records.fixture.js';
import { fetchFrom, TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

describe('WriteTxnMarkers', () => {
  it('ends an open transaction in a partition', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const { producerId, producerEpoch, ...producer } = await opened(client);
    expect(producer.lastStableOffset).toBe(0);
    const marker = { producerId, producerEpoch, topics: [{ name: 'a', partitionIndexes: [0, 7] }] };
    const { markers } = await client.call(writeTxnMarkers, 1, { markers: [marker] });
    expect(markers[0]!.topics[0]!.partitions.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.NONE,
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    expect(await fetchFrom(client, 'a')).toMatchObject({
      lastStableOffset: 2,
      abortedTransactions: [{ producerId, firstOffset: 0 }],
    });
  });

  it.each([
    ['an older epoch', { producerEpoch: -1 }, ErrorCode.INVALID_PRODUCER_EPOCH],
    ['the same epoch in version 2', { transactionVersion: 2 }, ErrorCode.INVALID_PRODUCER_EPOCH],
    ['an older coordinator', { coordinatorEpoch: -2 }, ErrorCode.TRANSACTION_COORDINATOR_FENCED],
  ])('refuses %s', async (_, changes, code) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const { producerId, producerEpoch } = await opened(client);
    const topics = [{ name: 'a', partitionIndexes: [0] }];
    const markers = [{ producerId, producerEpoch, topics, ...changes }];
    const answer = await client.call(writeTxnMarkers, 2, { markers });
    expect(answer.markers[0]!.topics[0]!.partitions[0]!.errorCode).toBe(code);
  });
});

const opened = async (client: Parameters<typeof fetchFrom>[0]) => {
  const producer = await TransactionalProducer.start(client, 't');
  await producer.add('a');
  await producer.send('a', ['v']);
  const { lastStableOffset } = await fetchFrom(client, 'a');
  return { producerId: producer.producerId, producerEpoch: producer.producerEpoch, lastStableOffset };
};
