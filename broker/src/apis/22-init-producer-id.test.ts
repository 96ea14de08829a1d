import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { initProducerId } from './22-init-producer-id.js';

const { start, connect } = brokers();

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

  it('refuses transactions', async () => {
    const client = await connect(await start());
    const answer = await client.call(initProducerId, 4, { transactionalId: 't' });
    expect(answer).toMatchObject({ errorCode: ErrorCode.UNSUPPORTED_VERSION, producerId: -1 });
  });
});
