// DescribeGroups, versions 0–6: the state of groups, their members and assignments.
// Left out: nothing.
// From: KIP-40, KIP-430 (authorized operations), KIP-345 (instances of static members), KIP-1043 (an unknown group is an error from version 6 on).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, bytes, int16, int32, string } from '../wire/types.js';

export const describeGroups = api({
  key: 15,
  name: 'DescribeGroups',
  versions: [0, 6],
  flexible: 5,
  request: {
    groups: array(string),
    includeAuthorizedOperations: bool.since(3),
  },
  response: {
    throttleTimeMs: int32.since(1),
    groups: arrayOf({
      errorCode: int16,
      errorMessage: string.since(6).nullable().default(null),
      groupId: string,
      groupState: string,
      protocolType: string,
      protocolData: string,
      members: arrayOf({
        memberId: string,
        groupInstanceId: string.since(4).nullable().default(null),
        clientId: string,
        clientHost: string,
        memberMetadata: bytes,
        memberAssignment: bytes,
      }),
      authorizedOperations: int32.since(3).default(-2147483648),
    }),
  },
});
