// RemoveRaftVoter, version 0: removes a voter from the quorum, whose only one stays.
// Left out: changing the quorum.
// From: KIP-853.
import { api } from '../wire/api.js';
import { int16, int32, string, uuid } from '../wire/types.js';

export const removeRaftVoter = api({
  key: 81,
  name: 'RemoveRaftVoter',
  versions: [0, 0],
  flexible: 0,
  request: {
    clusterId: string.nullable(),
    voterId: int32,
    voterDirectoryId: uuid,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
  },
});
