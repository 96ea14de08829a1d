// DescribeLogDirs, versions 1–5: the data directory, its disk, and the size of each partition.
// Left out: replicas that are being moved (KIP-113), cordoned directories (KIP-1066); there are none.
// From: KIP-113, KIP-827 (space on the disk).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int64, string } from '../wire/types.js';

export const describeLogDirs = api({
  key: 35,
  name: 'DescribeLogDirs',
  versions: [1, 5],
  flexible: 2,
  request: {
    topics: arrayOf({
      topic: string,
      partitions: array(int32),
    }).nullable(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(3),
    results: arrayOf({
      errorCode: int16,
      logDir: string,
      topics: arrayOf({
        name: string,
        partitions: arrayOf({
          partitionIndex: int32,
          partitionSize: int64,
          offsetLag: int64,
          isFutureKey: bool,
        }),
      }),
      totalBytes: int64.since(4).default(-1),
      usableBytes: int64.since(4).default(-1),
      isCordoned: bool.since(5),
    }),
  },
});
