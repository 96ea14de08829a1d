// DeleteRecords, versions 0–2: moves the start of a partition to an offset, -1 being its end.
// Left out: the timeout, as there are no followers to wait for.
// From: KIP-107.
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int64, string } from '../wire/types.js';

export const deleteRecords = api({
  key: 21,
  name: 'DeleteRecords',
  versions: [0, 2],
  flexible: 2,
  request: {
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        offset: int64,
      }),
    }),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: int32,
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        lowWatermark: int64,
        errorCode: int16,
      }),
    }),
  },
});
