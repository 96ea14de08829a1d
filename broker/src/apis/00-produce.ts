// Produce, versions 3–13: appends record batches to partitions.
// Left out: formats before v2, reasons by record (KIP-467), hints at the leader (KIP-951).
// ApiVersions announces it from version 0, for old librdkafka (KAFKA-18659).
// From: KIP-98 (batches, idempotence, transactions), KIP-110 (zstd), KIP-516 (topic ids), KIP-890 (version 12).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int64, records, string, struct, uuid } from '../wire/types.js';

export const produce = api({
  key: 0,
  name: 'Produce',
  versions: [3, 13],
  flexible: 9,
  request: {
    transactionalId: string.nullable().default(null),
    acks: int16,
    timeoutMs: int32,
    topicData: arrayOf({
      name: string.until(12),
      topicId: uuid.since(13),
      partitionData: arrayOf({
        index: int32,
        records: records.nullable(),
      }),
    }),
  },
  response: {
    responses: arrayOf({
      name: string.until(12),
      topicId: uuid.since(13),
      partitionResponses: arrayOf({
        index: int32,
        errorCode: int16,
        baseOffset: int64,
        logAppendTimeMs: int64.default(-1),
        logStartOffset: int64.since(5).default(-1),
        recordErrors: arrayOf({
          batchIndex: int32,
          batchIndexErrorMessage: string.nullable().default(null),
        }).since(8),
        errorMessage: string.since(8).nullable().default(null),
        currentLeader: struct({
          leaderId: int32.default(-1),
          leaderEpoch: int32.default(-1),
        })
          .since(10)
          .tag(0),
      }),
    }),
    throttleTimeMs: int32,
    nodeEndpoints: arrayOf({
      nodeId: int32,
      host: string,
      port: int32,
      rack: string.nullable().default(null),
    })
      .since(10)
      .tag(0),
  },
});
