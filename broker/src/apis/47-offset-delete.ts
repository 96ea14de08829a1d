// OffsetDelete, version 0: deletes committed offsets of a group, except those of topics that its members subscribe to.
// Left out: nothing.
// From: KIP-496.
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, string } from '../wire/types.js';

export const offsetDelete = api({
  key: 47,
  name: 'OffsetDelete',
  versions: [0, 0],
  flexible: Infinity,
  request: {
    groupId: string,
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
      }),
    }),
  },
  response: {
    errorCode: int16,
    throttleTimeMs: int32,
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16,
      }),
    }),
  },
});
