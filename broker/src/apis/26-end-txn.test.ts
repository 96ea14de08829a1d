import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createTopic } from './records.fixture.js';
import { fetchFrom, TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

const started = async () => {
  const client = await connect(await start());
  await createTopic(client, 'a');
  return { client, producer: await TransactionalProducer.start(client, 't') };
};

describe('EndTxn', () => {
  it.each([
    [true, []],
    [false, [{ producerId: 0, firstOffset: 0 }]],
  ])('ends a transaction, committed: %p', async (committed, abortedTransactions) => {
    const { client, producer } = await started();
    await producer.add('a');
    await producer.send('a', ['v']);
    expect(await producer.end(committed)).toBe(ErrorCode.NONE);
    expect(await fetchFrom(client, 'a')).toMatchObject({
      lastStableOffset: 2,
      highWatermark: 2,
      abortedTransactions,
    });
  });

  it('may be repeated with the same result, but not with the other one', async () => {
    const { producer } = await started();
    expect(await producer.end(true)).toBe(ErrorCode.INVALID_TXN_STATE);
    await producer.write('a', ['v']);
    expect(await producer.end(true)).toBe(ErrorCode.NONE);
    expect(await producer.end(false)).toBe(ErrorCode.INVALID_TXN_STATE);
  });

  it.each([
    [1, ErrorCode.INVALID_PRODUCER_EPOCH],
    [3, ErrorCode.PRODUCER_FENCED],
    [5, ErrorCode.PRODUCER_FENCED],
  ])('refuses a fenced producer in version %i', async (version, code) => {
    const { client, producer } = await started();
    await producer.add('a');
    await TransactionalProducer.start(client, 't');
    expect(await producer.end(true, version)).toBe(code);
  });

  it('answers with the next epoch from version 5 on, also when repeated', async () => {
    const { producer } = await started();
    await producer.send('a', ['v'], { version: 12 });
    expect(await producer.end(true, 5)).toBe(ErrorCode.NONE);
    expect(producer.producerEpoch).toBe(1);
    producer.producerEpoch = 0;
    expect(await producer.end(false, 5)).toBe(ErrorCode.INVALID_TXN_STATE);
    expect(await producer.end(true, 5)).toBe(ErrorCode.NONE);
    expect(producer.producerEpoch).toBe(1);
    expect(await producer.end(false, 5)).toBe(ErrorCode.NONE);
    expect(producer.producerEpoch).toBe(2);
  });
});
