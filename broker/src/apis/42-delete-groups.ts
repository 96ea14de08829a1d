// DeleteGroups, versions 0–2: deletes groups without members, and their committed offsets.
// Left out: nothing.
// From: KIP-229.
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, string } from '../wire/types.js';

export const deleteGroups = api({
  key: 42,
  name: 'DeleteGroups',
  versions: [0, 2],
  flexible: 2,
  request: {
    groupsNames: array(string),
  },
  response: {
    throttleTimeMs: int32,
    results: arrayOf({
      groupId: string,
      errorCode: int16,
    }),
  },
});
