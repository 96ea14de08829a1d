// Heartbeat, versions 0–4: keeps a member's session alive, and reports a rebalance.
// Left out: nothing.
// From: the protocol guide, KIP-62 (sessions), KIP-345 (static members).
import { api } from '../wire/api.js';
import { int16, int32, string } from '../wire/types.js';

export const heartbeat = api({
  key: 12,
  name: 'Heartbeat',
  versions: [0, 4],
  flexible: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: string.since(3).nullable().default(null),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
  },
});
