// DescribeClientQuotas, versions 0–1: the stored quotas of users, client ids and addresses.
// Left out: enforcing them.
// From: KIP-546, KIP-612 (addresses).
import { api } from '../wire/api.js';
import { arrayOf, bool, float64, int16, int32, int8, string } from '../wire/types.js';

export const describeClientQuotas = api({
  key: 48,
  name: 'DescribeClientQuotas',
  versions: [0, 1],
  flexible: 1,
  request: {
    components: arrayOf({
      entityType: string,
      matchType: int8,
      match: string.nullable(),
    }),
    strict: bool,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    entries: arrayOf({
      entity: arrayOf({
        entityType: string,
        entityName: string.nullable(),
      }),
      values: arrayOf({
        key: string,
        value: float64,
      }),
    }).nullable(),
  },
});
