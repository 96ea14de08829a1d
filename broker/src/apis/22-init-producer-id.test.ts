import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { initProducerId } from './22-init-producer-id.js';
import { createTopic } from './records.fixture.js';
import { fetchFrom, TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

const begin = { transactionalId: 't', transactionTimeoutMs: 60_000 };

describe('InitProducerId', () => {
  it('assigns each producer a unique id', async () => {
    const broker = await start();
    const client = await connect(broker);
    const query = async () => client.call(initProducerId, 5, { transactionalId: null });
    const [one, other] = [await query(), await query()];
    expect([one.errorCode, one.producerEpoch]).toEqual([ErrorCode.NONE, 0]);
    expect(other.producerId).toBeGreaterThan(one.producerId);
    const again = await client.call(initProducerId, 5, { ...one, transactionalId: null });
    expect(again.producerId).toBeGreaterThan(other.producerId);
  });

  it('assigns a transactional producer the next epoch, and fences the earlier one', async () => {
    const client = await connect(await start());
    const first = await client.call(initProducerId, 5, begin);
    const second = await client.call(initProducerId, 5, begin);
    expect([first.producerEpoch, second.producerEpoch]).toEqual([0, 1]);
    expect(second.producerId).toBe(first.producerId);
    const { producerId, producerEpoch } = first;
    const zombie = { ...begin, producerId, producerEpoch };
    expect((await client.call(initProducerId, 4, zombie)).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
    expect((await client.call(initProducerId, 3, zombie)).errorCode).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  });

  it('refuses a longer timeout than the broker allows', async () => {
    const client = await connect(await start({ settings: { 'transaction.max.timeout.ms': '5000' } }));
    const code = async (transactionTimeoutMs: number): Promise<number> =>
      (await client.call(initProducerId, 5, { transactionalId: 't', transactionTimeoutMs })).errorCode;
    expect(await code(5001)).toBe(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    expect(await code(5000)).toBe(ErrorCode.NONE);
  });

  it('lets a producer continue with the next epoch, also when it repeats the request', async () => {
    const client = await connect(await start());
    const { producerId, producerEpoch } = await client.call(initProducerId, 5, begin);
    for (let i = 0; i < 2; i++) {
      const next = await client.call(initProducerId, 5, { ...begin, producerId, producerEpoch });
      expect([next.errorCode, next.producerId, next.producerEpoch]).toEqual([ErrorCode.NONE, producerId, 1]);
    }
  });

  it('aborts the open transaction of an earlier producer first', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const zombie = await TransactionalProducer.start(client, 't');
    await zombie.add('a');
    await zombie.send('a', ['v']);
    const answer = await client.call(initProducerId, 4, begin);
    expect(answer.errorCode).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect((await client.call(initProducerId, 4, begin)).producerEpoch).toBe(2);
    expect((await fetchFrom(client, 'a')).abortedTransactions).toHaveLength(1);
    expect((await zombie.send('a', ['late'])).errorCode).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  });

  it.each([
    ['an empty transactional id', { ...begin, transactionalId: '' }, ErrorCode.INVALID_REQUEST],
    ['an id without an epoch', { ...begin, producerId: 1 }, ErrorCode.INVALID_REQUEST],
    ['no timeout', { ...begin, transactionTimeoutMs: 0 }, ErrorCode.INVALID_TRANSACTION_TIMEOUT],
    ['a long timeout', { ...begin, transactionTimeoutMs: 900_001 }, ErrorCode.INVALID_TRANSACTION_TIMEOUT],
  ])('refuses %s', async (_, request, errorCode) => {
    const client = await connect(await start());
    expect(await client.call(initProducerId, 4, request)).toMatchObject({ errorCode, producerId: -1 });
  });
});
