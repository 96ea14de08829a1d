// DeleteTopics, versions 1–6: deletes topics, their records and their committed offsets.
// Left out: quotas (KIP-599) and the timeout.
// From: KIP-4, KIP-516 (by id from version 6 on).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, string, uuid } from '../wire/types.js';

export const deleteTopics = api({
  key: 20,
  name: 'DeleteTopics',
  versions: [1, 6],
  flexible: 4,
  request: {
    topics: arrayOf({
      name: string.nullable().default(null),
      topicId: uuid,
    }).since(6),
    topicNames: array(string).until(5),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: int32,
    responses: arrayOf({
      name: string.nullable(6),
      topicId: uuid.since(6),
      errorCode: int16,
      errorMessage: string.since(5).nullable().default(null),
    }),
  },
});
