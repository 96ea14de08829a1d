import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { createAcls } from './30-create-acls.js';

const { start, connect } = brokers();

describe('CreateAcls', () => {
  it('refuses each entry, because there is no authorizer', async () => {
    const client = await connect(await start());
    const entry = { resourceType: 2, resourceName: 'a', principal: 'User:a', host: '*', operation: 3 };
    const { results } = await client.call(createAcls, 3, { creations: [entry, entry] });
    const refused = { errorCode: ErrorCode.SECURITY_DISABLED, errorMessage: 'No Authorizer is configured.' };
    expect(results).toEqual([refused, refused]);
  });
});
