import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createDelegationToken } from './38-create-delegation-token.js';

const { start, connect } = brokers();

describe('CreateDelegationToken', () => {
  it('is refused, and says for whom', async () => {
    const client = await connect(await start());
    expect(await client.call(createDelegationToken, 1, {})).toMatchObject({
      errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      principalType: 'User',
      principalName: 'ANONYMOUS',
      expiryTimestampMs: -1,
    });
    const owner = { ownerPrincipalType: 'User', ownerPrincipalName: 'bob' };
    expect(await client.call(createDelegationToken, 3, owner)).toMatchObject({
      errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      principalName: 'bob',
      tokenRequesterPrincipalName: 'ANONYMOUS',
    });
  });
});
