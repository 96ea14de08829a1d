import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeTransactions } from './65-describe-transactions.js';
import { createTopic } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

describe('DescribeTransactions', () => {
  it('shows the state of a transactional id', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const query = async () =>
      (await client.call(describeTransactions, 0, { transactionalIds: ['t'] })).transactionStates[0];
    const producer = await TransactionalProducer.start(client, 't', 5000);
    const { producerId, producerEpoch } = producer;
    expect(await query()).toEqual({
      errorCode: ErrorCode.NONE,
      transactionalId: 't',
      transactionState: 'Empty',
      transactionTimeoutMs: 5000,
      transactionStartTimeMs: -1,
      producerId,
      producerEpoch,
      topics: [],
    });
    await producer.add('a');
    const topics = [{ topic: 'a', partitions: [0] }];
    expect(await query()).toMatchObject({ transactionState: 'Ongoing', topics });
    await producer.end(false);
    expect(await query()).toMatchObject({ transactionState: 'CompleteAbort', topics: [] });
  });

  it('reports what does not exist', async () => {
    const client = await connect(await start());
    const answer = await client.call(describeTransactions, 0, { transactionalIds: ['none', ''] });
    expect(answer.transactionStates.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.TRANSACTIONAL_ID_NOT_FOUND,
      ErrorCode.INVALID_REQUEST,
    ]);
  });
});
