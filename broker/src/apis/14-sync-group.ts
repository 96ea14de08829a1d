// SyncGroup, versions 0–5: the leader hands out the assignments, and each member waits for its own.
// Left out: nothing.
// From: the protocol guide, KIP-345 (static members), KIP-559 (protocol in the request and the response).
import { api } from '../wire/api.js';
import { arrayOf, bytes, int16, int32, string } from '../wire/types.js';

export const syncGroup = api({
  key: 14,
  name: 'SyncGroup',
  versions: [0, 5],
  flexible: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: string.since(3).nullable().default(null),
    protocolType: string.since(5).nullable().default(null),
    protocolName: string.since(5).nullable().default(null),
    assignments: arrayOf({
      memberId: string,
      assignment: bytes,
    }),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
    protocolType: string.since(5).nullable().default(null),
    protocolName: string.since(5).nullable().default(null),
    assignment: bytes,
  },
});
