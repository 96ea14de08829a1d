// DescribeTransactions, version 0: the states of transactional ids, and the partitions of their open transactions.
// Left out: nothing.
// From: KIP-664 (hanging transactions).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, int64, string } from '../wire/types.js';

export const describeTransactions = api({
  key: 65,
  name: 'DescribeTransactions',
  versions: [0, 0],
  flexible: 0,
  request: {
    transactionalIds: array(string),
  },
  response: {
    throttleTimeMs: int32,
    transactionStates: arrayOf({
      errorCode: int16,
      transactionalId: string,
      transactionState: string,
      transactionTimeoutMs: int32,
      transactionStartTimeMs: int64,
      producerId: int64,
      producerEpoch: int16,
      topics: arrayOf({
        topic: string,
        partitions: array(int32),
      }),
    }),
  },
});
