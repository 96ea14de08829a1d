import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { addOffsetsToTxn } from './25-add-offsets-to-txn.js';
import { describeTransactions } from './65-describe-transactions.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

describe('AddOffsetsToTxn', () => {
  it('adds the partition in which Kafka keeps the offsets of the group', async () => {
    const client = await connect(await start());
    const { producerId, producerEpoch } = await TransactionalProducer.start(client, 't');
    const request = { transactionalId: 't', producerId, producerEpoch, groupId: 'my-group' };
    expect((await client.call(addOffsetsToTxn, 4, request)).errorCode).toBe(ErrorCode.NONE);
    const { transactionStates } = await client.call(describeTransactions, 0, { transactionalIds: ['t'] });
    expect(transactionStates[0]).toMatchObject({
      transactionState: 'Ongoing',
      topics: [{ topic: '__consumer_offsets', partitions: [12] }],
    });
  });

  it.each([
    [1, ErrorCode.INVALID_PRODUCER_EPOCH],
    [2, ErrorCode.PRODUCER_FENCED],
  ])('refuses a fenced producer in version %i', async (version, errorCode) => {
    const client = await connect(await start());
    const { producerId, producerEpoch } = await TransactionalProducer.start(client, 't');
    await TransactionalProducer.start(client, 't');
    const request = { transactionalId: 't', producerId, producerEpoch, groupId: 'g' };
    expect(await client.call(addOffsetsToTxn, version, request)).toMatchObject({ errorCode });
  });
});
