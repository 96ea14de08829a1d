// AlterUserScramCredentials, version 0: creates, replaces and deletes the SCRAM credentials of users.
// Left out: nothing.
// From: KIP-554.
import { api } from '../wire/api.js';
import { arrayOf, bytes, int16, int32, int8, string } from '../wire/types.js';

export const alterUserScramCredentials = api({
  key: 51,
  name: 'AlterUserScramCredentials',
  versions: [0, 0],
  flexible: 0,
  request: {
    deletions: arrayOf({ name: string, mechanism: int8 }),
    upsertions: arrayOf({
      name: string,
      mechanism: int8,
      iterations: int32,
      salt: bytes,
      saltedPassword: bytes,
    }),
  },
  response: {
    throttleTimeMs: int32,
    results: arrayOf({
      user: string,
      errorCode: int16,
      errorMessage: string.nullable(),
    }),
  },
});
