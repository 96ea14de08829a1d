import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { saslHandshake } from './17-sasl-handshake.js';

const { start, connect } = brokers();

describe('SaslHandshake', () => {
  it('is illegal without SASL, and leaves the connection open', async () => {
    const client = await connect(await start());
    for (const version of [0, 1])
      expect(await client.call(saslHandshake, version, { mechanism: 'PLAIN' })).toEqual({
        errorCode: ErrorCode.ILLEGAL_SASL_STATE,
        mechanisms: [],
      });
  });
});
