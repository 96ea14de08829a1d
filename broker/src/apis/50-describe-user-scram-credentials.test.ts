import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeUserScramCredentials } from './50-describe-user-scram-credentials.js';

const { start, connect } = brokers();

describe('DescribeUserScramCredentials', () => {
  it('describes all users, or those named, once', async () => {
    const users = new Map([
      ['b', 'x'],
      ['a', 'y'],
    ]);
    const client = await connect(
      await start({ listeners: [{ protocol: 'sasl_plaintext' }], security: { users } }),
    );
    const ask = async (names: string[] | null) =>
      (
        await client.call(describeUserScramCredentials, 0, {
          users: names && names.map((name) => ({ name })),
        })
      ).results;
    const credentialInfos = [
      { mechanism: 1, iterations: 4096 },
      { mechanism: 2, iterations: 4096 },
    ];
    expect(await ask(null)).toMatchObject([{ user: 'a', credentialInfos }, { user: 'b' }]);
    expect(await ask([])).toHaveLength(2);
    expect(await ask(['b', 'z', 'a', 'a'])).toMatchObject([
      { user: 'b', errorCode: ErrorCode.NONE, credentialInfos },
      {
        user: 'z',
        errorCode: ErrorCode.RESOURCE_NOT_FOUND,
        errorMessage: 'Attempt to describe a user credential that does not exist: z',
      },
      { user: 'a', errorCode: ErrorCode.DUPLICATE_RESOURCE, credentialInfos: [] },
    ]);
  });
});
