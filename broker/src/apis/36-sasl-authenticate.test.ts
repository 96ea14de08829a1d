import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { saslAuthenticate } from './36-sasl-authenticate.js';

const { start, connect } = brokers();

describe('SaslAuthenticate', () => {
  it('is illegal without SASL, and leaves the connection open', async () => {
    const client = await connect(await start());
    for (const version of [0, 1, 2])
      expect(await client.call(saslAuthenticate, version, { authBytes: Buffer.from('x') })).toMatchObject({
        errorCode: ErrorCode.ILLEGAL_SASL_STATE,
        errorMessage: 'SaslAuthenticate request received after successful authentication',
      });
  });
});
