// CreateTopics, versions 2–7: creates topics, or only validates the request.
// Left out: quotas (KIP-599) and the timeout; more than one replica is refused.
// From: KIP-4, KIP-464 (default number of partitions), KIP-525 (created topic in the response), KIP-516 (topic ids).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int8, string, uuid } from '../wire/types.js';

export const createTopics = api({
  key: 19,
  name: 'CreateTopics',
  versions: [2, 7],
  flexible: 5,
  request: {
    topics: arrayOf({
      name: string,
      numPartitions: int32,
      replicationFactor: int16,
      assignments: arrayOf({
        partitionIndex: int32,
        brokerIds: array(int32),
      }),
      configs: arrayOf({
        name: string,
        value: string.nullable(),
      }),
    }),
    timeoutMs: int32.default(60000),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    topics: arrayOf({
      name: string,
      topicId: uuid.since(7),
      errorCode: int16,
      errorMessage: string.nullable(),
      topicConfigErrorCode: int16.since(5).tag(0),
      numPartitions: int32.since(5).default(-1),
      replicationFactor: int16.since(5).default(-1),
      configs: arrayOf({
        name: string,
        value: string.nullable(),
        readOnly: bool,
        configSource: int8.default(-1),
        isSensitive: bool,
      })
        .since(5)
        .nullable(),
    }),
  },
});
