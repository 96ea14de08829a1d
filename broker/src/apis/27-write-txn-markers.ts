// WriteTxnMarkers, versions 1–2: ends transactions in partitions, as `kafka-transactions.sh abort` does by force.
// Left out: nothing. The broker's own coordinator needs no request.
// From: KIP-98, KIP-664 (hanging transactions), KIP-890 (the transaction's version).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int64, int8, string } from '../wire/types.js';

export const writeTxnMarkers = api({
  key: 27,
  name: 'WriteTxnMarkers',
  versions: [1, 2],
  flexible: 1,
  request: {
    markers: arrayOf({
      producerId: int64,
      producerEpoch: int16,
      transactionResult: bool,
      topics: arrayOf({
        name: string,
        partitionIndexes: array(int32),
      }),
      coordinatorEpoch: int32,
      transactionVersion: int8.since(2),
    }),
  },
  response: {
    markers: arrayOf({
      producerId: int64,
      topics: arrayOf({
        name: string,
        partitions: arrayOf({
          partitionIndex: int32,
          errorCode: int16,
        }),
      }),
    }),
  },
});
