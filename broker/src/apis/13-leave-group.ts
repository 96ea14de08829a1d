// LeaveGroup, versions 0–5: members leave their group at once, without waiting for their session timeout.
// Left out: the reason for leaving (KIP-800) is ignored.
// From: the protocol guide, KIP-345 (several members, by instance).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, string } from '../wire/types.js';

export const leaveGroup = api({
  key: 13,
  name: 'LeaveGroup',
  versions: [0, 5],
  flexible: 4,
  request: {
    groupId: string,
    memberId: string.until(2),
    members: arrayOf({
      memberId: string,
      groupInstanceId: string.nullable().default(null),
      reason: string.since(5).nullable().default(null),
    }).since(3),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
    members: arrayOf({
      memberId: string,
      groupInstanceId: string.nullable(),
      errorCode: int16,
    }).since(3),
  },
});
