import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { deleteAcls } from './31-delete-acls.js';

const { start, connect } = brokers();

describe('DeleteAcls', () => {
  it('refuses each filter, because there is no authorizer', async () => {
    const client = await connect(await start());
    const { filterResults } = await client.call(deleteAcls, 3, { filters: [{ operation: 1 }] });
    expect(filterResults).toEqual([
      {
        errorCode: ErrorCode.SECURITY_DISABLED,
        errorMessage: 'No Authorizer is configured.',
        matchingAcls: [],
      },
    ]);
  });
});
