// AddPartitionsToTxn, versions 0–5: makes partitions part of a transaction; since version 4 for other brokers, which may
// also ask whether they are (KIP-890).
// Left out: nothing.
// From: KIP-98, KIP-360 (fenced producers), KIP-890 (several transactions, verification).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int64, string } from '../wire/types.js';

const topics = arrayOf({ name: string, partitions: array(int32) });

const results = arrayOf({
  name: string,
  resultsByPartition: arrayOf({
    partitionIndex: int32,
    partitionErrorCode: int16,
  }),
});

export const addPartitionsToTxn = api({
  key: 24,
  name: 'AddPartitionsToTxn',
  versions: [0, 5],
  flexible: 3,
  request: {
    transactions: arrayOf({
      transactionalId: string,
      producerId: int64,
      producerEpoch: int16,
      verifyOnly: bool,
      topics,
    }).since(4),
    v3AndBelowTransactionalId: string.until(3),
    v3AndBelowProducerId: int64.until(3),
    v3AndBelowProducerEpoch: int16.until(3),
    v3AndBelowTopics: topics.until(3),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(4),
    resultsByTransaction: arrayOf({
      transactionalId: string,
      topicResults: results,
    }).since(4),
    resultsByTopicV3AndBelow: results.until(3),
  },
});
