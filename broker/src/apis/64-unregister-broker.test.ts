import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { unregisterBroker } from './64-unregister-broker.js';

const { start, connect } = brokers();

describe('UnregisterBroker', () => {
  it('does not know other brokers', async () => {
    const client = await connect(await start());
    expect(await client.call(unregisterBroker, 0, { brokerId: 7 })).toMatchObject({
      errorCode: ErrorCode.BROKER_ID_NOT_REGISTERED,
      errorMessage: 'Broker ID 7 is not currently registered',
    });
  });

  it('keeps the only broker', async () => {
    const client = await connect(await start());
    expect((await client.call(unregisterBroker, 0, { brokerId: 1 })).errorCode).toBe(
      ErrorCode.INVALID_REQUEST,
    );
  });
});
