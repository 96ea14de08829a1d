// AlterClientQuotas, versions 0–1: sets and removes the quotas of users, client ids and addresses.
// Left out: enforcing them.
// From: KIP-546, KIP-612 (addresses).
import { api } from '../wire/api.js';
import { arrayOf, bool, float64, int16, int32, string } from '../wire/types.js';

export const alterClientQuotas = api({
  key: 49,
  name: 'AlterClientQuotas',
  versions: [0, 1],
  flexible: 1,
  request: {
    entries: arrayOf({
      entity: arrayOf({
        entityType: string,
        entityName: string.nullable(),
      }),
      ops: arrayOf({
        key: string,
        value: float64,
        remove: bool,
      }),
    }),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    entries: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable(),
      entity: arrayOf({
        entityType: string,
        entityName: string.nullable(),
      }),
    }),
  },
});
