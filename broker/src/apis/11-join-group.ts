// JoinGroup, versions 0–9: a member joins the next generation of its group.
// Left out: the reason for joining (KIP-800) is ignored; there is no delay before the first rebalance (KIP-134).
// From: KIP-62 (rebalance timeout), KIP-394 (member id required), KIP-345 (static members), KIP-559 (protocol in the
// response), KIP-814 (skipped assignment).
import { api } from '../wire/api.js';
import { arrayOf, bool, bytes, int16, int32, string } from '../wire/types.js';

export const joinGroup = api({
  key: 11,
  name: 'JoinGroup',
  versions: [0, 9],
  flexible: 6,
  request: {
    groupId: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32.since(1).default(-1),
    memberId: string,
    groupInstanceId: string.since(5).nullable().default(null),
    protocolType: string,
    protocols: arrayOf({
      name: string,
      metadata: bytes,
    }),
    reason: string.since(8).nullable().default(null),
  },
  response: {
    throttleTimeMs: int32.since(2),
    errorCode: int16,
    generationId: int32.default(-1),
    protocolType: string.since(7).nullable().default(null),
    protocolName: string.nullable(7),
    leader: string,
    skipAssignment: bool.since(9),
    memberId: string,
    members: arrayOf({
      memberId: string,
      groupInstanceId: string.since(5).nullable().default(null),
      metadata: bytes,
    }),
  },
});
