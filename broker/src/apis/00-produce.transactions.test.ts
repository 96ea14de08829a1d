import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeTransactions } from './65-describe-transactions.js';
import { createTopic } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

const started = async () => {
  const client = await connect(await start());
  await createTopic(client, 'a');
  return { client, producer: await TransactionalProducer.start(client, 't') };
};

describe('Produce in a transaction', () => {
  it.each([
    [10, ErrorCode.INVALID_TXN_STATE],
    [11, ErrorCode.TRANSACTION_ABORTABLE],
    [12, ErrorCode.NONE],
  ])('to a partition that was not added, in version %i', async (version, code) => {
    const { client, producer } = await started();
    expect((await producer.send('a', ['v'], { version })).errorCode).toBe(code);
    const { transactionStates } = await client.call(describeTransactions, 0, { transactionalIds: ['t'] });
    const topics = code === ErrorCode.NONE ? [{ topic: 'a', partitions: [0] }] : [];
    expect(transactionStates[0]!.topics).toEqual(topics);
  });

  it('refuses batches without a transactional id, and plain ones while a transaction is open', async () => {
    const { producer } = await started();
    const nameless = await producer.send('a', ['v'], { transactionalId: null });
    expect(nameless.errorCode).toBe(ErrorCode.INVALID_TXN_STATE);
    await producer.add('a');
    await producer.send('a', ['v']);
    const plain = await producer.send('a', ['v'], { attributes: 0 });
    expect(plain.errorCode).toBe(ErrorCode.INVALID_TXN_STATE);
  });

  it('refuses a zombie, before and after the new producer writes', async () => {
    const { client, producer: zombie } = await started();
    const producer = await TransactionalProducer.start(client, 't');
    const isRefused = async (version: number): Promise<void> =>
      expect((await zombie.send('a', ['v'], { version })).errorCode).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
    await isRefused(10);
    await isRefused(12);
    await producer.write('a', ['v']);
    await isRefused(10);
  });

  it('refuses an unknown producer', async () => {
    const { producer } = await started();
    producer.producerId += 1;
    const unknown = await producer.send('a', ['v']);
    expect(unknown.errorCode).toBe(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  });
});
