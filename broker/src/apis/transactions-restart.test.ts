import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { endTxn } from './26-end-txn.js';
import { createTopic } from './records.fixture.js';
import { fetchFrom, TransactionalProducer } from './transaction.fixture.js';

const { start, connect, directory } = brokers();

describe('after a restart, over many segments', () => {
  it('open and aborted transactions are as before', async () => {
    const data = directory();
    const first = await start({ data });
    const client = await connect(first);
    await createTopic(client, 'a', { 'segment.bytes': String(1 << 20) });
    const aborting = await TransactionalProducer.start(client, 'aborting');
    const open = await TransactionalProducer.start(client, 'open');
    for (let i = 0; i < 10; i++) await aborting.write('a', ['v'], i % 2 === 1);
    await open.add('a');
    await open.send('a', ['v']);
    for (let i = 0; i < 10; i++) await aborting.write('a', ['v'], false);
    const before = await Promise.all([1, 15, 20].map((offset) => fetchFrom(client, 'a', { offset })));
    expect(before.map(({ lastStableOffset }) => lastStableOffset)).toEqual([20, 20, 20]);
    await first.close();
    const again = await connect(await start({ data }));
    for (const [i, offset] of [1, 15, 20].entries())
      expect(await fetchFrom(again, 'a', { offset })).toEqual(before[i]);
    const { transactionalId, producerId, producerEpoch } = open;
    const ending = { transactionalId, producerId, producerEpoch, committed: true };
    expect((await again.call(endTxn, 3, ending)).errorCode).toBe(ErrorCode.NONE);
    const after = await fetchFrom(again, 'a', { offset: 0 });
    expect(after).toMatchObject({ lastStableOffset: 42, highWatermark: 42 });
  });
});
