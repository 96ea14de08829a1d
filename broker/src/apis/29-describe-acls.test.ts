import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeAcls } from './29-describe-acls.js';

const { start, connect } = brokers();

describe('DescribeAcls', () => {
  it('is refused, because there is no authorizer', async () => {
    const client = await connect(await start());
    const anything = { resourceTypeFilter: 1, patternTypeFilter: 1, operation: 1, permissionType: 1 };
    expect(await client.call(describeAcls, 3, anything)).toEqual({
      throttleTimeMs: 0,
      errorCode: ErrorCode.SECURITY_DISABLED,
      errorMessage: 'No Authorizer is configured on the broker',
      resources: [],
    });
  });
});
