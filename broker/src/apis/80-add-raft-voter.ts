// AddRaftVoter, versions 0–1: adds a voter to the quorum, which no other broker can join.
// Left out: changing the quorum.
// From: KIP-853.
import { api } from '../wire/api.js';
import { arrayOf, bool, int16, int32, string, uint16, uuid } from '../wire/types.js';

export const addRaftVoter = api({
  key: 80,
  name: 'AddRaftVoter',
  versions: [0, 1],
  flexible: 0,
  request: {
    clusterId: string.nullable(),
    timeoutMs: int32,
    voterId: int32,
    voterDirectoryId: uuid,
    listeners: arrayOf({
      name: string,
      host: string,
      port: uint16,
    }),
    ackWhenCommitted: bool.since(1).default(true),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
  },
});
