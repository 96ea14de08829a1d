// ListGroups, versions 0–5: all groups, including those that only have committed offsets.
// Left out: share and streams groups, which do not exist here.
// From: KIP-40, KIP-518 (filter by state), KIP-848 (filter by type).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, string } from '../wire/types.js';

export const listGroups = api({
  key: 16,
  name: 'ListGroups',
  versions: [0, 5],
  flexible: 3,
  request: {
    statesFilter: array(string).since(4),
    typesFilter: array(string).since(5),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
    groups: arrayOf({
      groupId: string,
      protocolType: string,
      groupState: string.since(4),
      groupType: string.since(5),
    }),
  },
});
