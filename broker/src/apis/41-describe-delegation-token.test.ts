import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeDelegationToken } from './41-describe-delegation-token.js';

const { start, connect } = brokers();

describe('DescribeDelegationToken', () => {
  it('is refused', async () => {
    const client = await connect(await start());
    expect(await client.call(describeDelegationToken, 3, { owners: null })).toEqual({
      errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      tokens: [],
      throttleTimeMs: 0,
    });
  });
});
