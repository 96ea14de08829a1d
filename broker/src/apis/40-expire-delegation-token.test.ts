import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { expireDelegationToken } from './40-expire-delegation-token.js';

const { start, connect } = brokers();

describe('ExpireDelegationToken', () => {
  it('is refused', async () => {
    const client = await connect(await start());
    expect(await client.call(expireDelegationToken, 2, { hmac: Buffer.from('x') })).toEqual({
      errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      expiryTimestampMs: -1,
      throttleTimeMs: 0,
    });
  });
});
