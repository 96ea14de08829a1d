// CreatePartitions, versions 0–3: adds partitions to topics.
// Left out: quotas (KIP-599) and the timeout; an assignment to another broker is refused.
// From: KIP-195.
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, string } from '../wire/types.js';

export const createPartitions = api({
  key: 37,
  name: 'CreatePartitions',
  versions: [0, 3],
  flexible: 2,
  request: {
    topics: arrayOf({
      name: string,
      count: int32,
      assignments: arrayOf({
        brokerIds: array(int32),
      }).nullable(),
    }),
    timeoutMs: int32,
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    results: arrayOf({
      name: string,
      errorCode: int16,
      errorMessage: string.nullable().default(null),
    }),
  },
});
