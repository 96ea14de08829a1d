// DescribeUserScramCredentials, version 0: the SCRAM mechanisms and iterations of users, never their keys.
// Left out: nothing.
// From: KIP-554.
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const describeUserScramCredentials = api({
  key: 50,
  name: 'DescribeUserScramCredentials',
  versions: [0, 0],
  flexible: 0,
  request: { users: arrayOf({ name: string }).nullable() },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    results: arrayOf({
      user: string,
      errorCode: int16,
      errorMessage: string.nullable(),
      credentialInfos: arrayOf({ mechanism: int8, iterations: int32 }),
    }),
  },
});
