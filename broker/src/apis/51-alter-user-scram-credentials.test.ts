import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeUserScramCredentials } from './50-describe-user-scram-credentials.js';
import { alterUserScramCredentials } from './51-alter-user-scram-credentials.js';

const { start, connect } = brokers();

const upsertion = (name: string, change: object = {}) => ({
  name,
  mechanism: 1,
  iterations: 4096,
  salt: Buffer.from('salt'),
  saltedPassword: Buffer.alloc(32, 1),
  ...change,
});
const deletion = (name: string, mechanism = 1) => ({ name, mechanism });

const open = async () => {
  const client = await connect(await start());
  const alter = async (upsertions: object[], deletions: object[] = []) => {
    const { results } = await client.call(alterUserScramCredentials, 0, { upsertions, deletions });
    return results.map(({ user, errorCode }) => [user, errorCode]);
  };
  const users = async () =>
    (await client.call(describeUserScramCredentials, 0, { users: null })).results.map(({ user }) => user);
  return { alter, users };
};

describe('AlterUserScramCredentials', () => {
  it('creates and deletes credentials', async () => {
    const { alter, users } = await open();
    expect(await alter([upsertion('a'), upsertion('b', { mechanism: 2, iterations: 16_384 })])).toEqual([
      ['a', ErrorCode.NONE],
      ['b', ErrorCode.NONE],
    ]);
    expect(await users()).toEqual(['a', 'b']);
    await alter([], [deletion('a')]);
    expect(await users()).toEqual(['b']);
  });

  it.each([
    ['no name', upsertion(''), ErrorCode.UNACCEPTABLE_CREDENTIAL],
    ['too few iterations', upsertion('a', { iterations: 4095 }), ErrorCode.UNACCEPTABLE_CREDENTIAL],
    ['too many iterations', upsertion('a', { iterations: 16_385 }), ErrorCode.UNACCEPTABLE_CREDENTIAL],
    ['an unknown mechanism', upsertion('a', { mechanism: 3 }), ErrorCode.UNSUPPORTED_SASL_MECHANISM],
    ['no password', upsertion('a', { saltedPassword: Buffer.alloc(0) }), ErrorCode.UNKNOWN_SERVER_ERROR],
  ])('refuses %s', async (_, one, code) => {
    const { alter, users } = await open();
    expect(await alter([one])).toEqual([[one.name, code]]);
    expect(await users()).toEqual([]);
  });

  it('alters a user once; the first error counts', async () => {
    const { alter, users } = await open();
    expect(await alter([upsertion('a'), upsertion('a', { mechanism: 2 })])).toEqual([
      ['a', ErrorCode.DUPLICATE_RESOURCE],
    ]);
    expect(await alter([upsertion('a')], [deletion('a')])).toEqual([['a', ErrorCode.RESOURCE_NOT_FOUND]]);
    expect(await users()).toEqual([]);
  });
});
