import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { addPartitionsToTxn } from './24-add-partitions-to-txn.js';
import { createTopic } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

describe('AddPartitionsToTxn', () => {
  it.each([0, 3, 4, 5])('makes partitions part of a transaction in version %i', async (version) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const producer = await TransactionalProducer.start(client, 't');
    expect(await producer.add('a', version)).toBe(ErrorCode.NONE);
    expect((await producer.send('a', ['v'])).errorCode).toBe(ErrorCode.NONE);
  });

  it('adds none of them if one does not exist', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const { producerId, producerEpoch } = await TransactionalProducer.start(client, 't');
    const answer = await client.call(addPartitionsToTxn, 3, {
      v3AndBelowTransactionalId: 't',
      v3AndBelowProducerId: producerId,
      v3AndBelowProducerEpoch: producerEpoch,
      v3AndBelowTopics: [{ name: 'a', partitions: [0, 7] }],
    });
    const [topic] = answer.resultsByTopicV3AndBelow;
    expect(topic!.resultsByPartition.map(({ partitionErrorCode }) => partitionErrorCode)).toEqual([
      ErrorCode.OPERATION_NOT_ATTEMPTED,
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ]);
  });

  it.each([
    [1, ErrorCode.INVALID_PRODUCER_EPOCH],
    [2, ErrorCode.PRODUCER_FENCED],
  ])('refuses a fenced producer in version %i', async (version, code) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const zombie = await TransactionalProducer.start(client, 't');
    await TransactionalProducer.start(client, 't');
    expect(await zombie.add('a', version)).toBe(code);
  });

  it('refuses an unknown producer and an empty transactional id', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [{ name: 'a', partitions: [0] }];
    const transactions = ['unknown', ''].map((transactionalId) => ({ transactionalId, topics }));
    const { resultsByTransaction } = await client.call(addPartitionsToTxn, 5, { transactions });
    const codes = resultsByTransaction.map(({ topicResults }) => topicResults[0]!.resultsByPartition[0]);
    expect(codes.map((code) => code!.partitionErrorCode)).toEqual([
      ErrorCode.INVALID_PRODUCER_ID_MAPPING,
      ErrorCode.INVALID_REQUEST,
    ]);
  });

  it('only verifies on demand', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const producer = await TransactionalProducer.start(client, 't');
    const { transactionalId, producerId, producerEpoch } = producer;
    const topics = [{ name: 'a', partitions: [0] }];
    const verify = async (): Promise<number> => {
      const transactions = [{ transactionalId, producerId, producerEpoch, verifyOnly: true, topics }];
      const answer = await client.call(addPartitionsToTxn, 4, { transactions });
      const [topic] = answer.resultsByTransaction[0]!.topicResults;
      return topic!.resultsByPartition[0]!.partitionErrorCode;
    };
    expect(await verify()).toBe(ErrorCode.TRANSACTION_ABORTABLE);
    await producer.add('a');
    expect(await verify()).toBe(ErrorCode.NONE);
  });
});
